import { expect, it } from 'vitest'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import { TensorflowEngine } from '../../../src-main/engine/process/tensorflow/tensorflow-engine.ts'
import { mlp } from '../../support/models.ts'
import { describeWithTensorflow, tensorflow } from '../../support/tensorflow.ts'
import { category, optionsFor } from '../../support/training-options.ts'

describeWithTensorflow('a graph with float16', () => {
  it('is refused by TensorFlow, which has no float16 in JavaScript, in one sentence', async () => {
    const engine = new TensorflowEngine(await tensorflow(), '')
    const { graph } = buildTrainStep(optionsFor(mlp(6, [5], 4), category(4), { precision: 'mixed16' }))
    await expect(engine.createSession(graph)).rejects.toThrow('TensorFlow.js has no float16')
  })
})

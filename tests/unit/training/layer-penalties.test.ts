import { describe, expect, it } from 'vitest'
import type { NamedTensor, TensorData } from '../../../src-core/tensor-graph/types.ts'
import { buildForwardStep } from '../../../src-core/training/build-forward-step.ts'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import { resolveLosses } from '../../../src-core/training/losses/resolve-loss.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import { documentOf, planOf } from '../../support/models.ts'
import { runOnnx } from '../../support/run-onnx.ts'
import { type Batch, train } from '../../support/train-loop.ts'

function modelOf(parameters: Record<string, number>) {
  const plan = planOf(
    documentOf('penalised', [
      ['input', 'input', { shape: [3] }],
      ['head', 'dense', { units: 1, useBias: false }],
      ['activity', 'activityRegularization', parameters],
      ['output', 'output', { loss: 'meanSquaredError' }],
    ]),
  )
  const losses = resolveLosses(plan, new Map([['output', { kind: 'number', width: 1, name: 'y' }]]))
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  return { plan, losses: losses.value, normalization: new Map(), batchSize: 2 }
}

const kernel: NamedTensor = {
  name: 'head.kernel',
  dtype: 'float32',
  shape: [3, 1],
  data: Float32Array.of(2, -1, 0.5),
}
// The model gives 2 and −1, which is right: all loss is the penalty.
const batch: Batch = {
  features: { input: Float32Array.of(1, 0, 0, 0, 1, 0) },
  targets: { output: Float32Array.of(2, -1) },
}

describe('what a layer adds to the loss', () => {
  it.each([
    ['L1', { l1: 0.1 }, (0.1 * 3) / 2, [2 - 0.05, -1 + 0.05, 0.5]],
    ['L2', { l2: 0.1 }, (0.1 * 5) / 2, [2 - 0.2, -1 + 0.1, 0.5]],
    ['both', { l1: 0.1, l2: 0.1 }, 0.15 + 0.25, [2 - 0.25, -1 + 0.15, 0.5]],
  ] as const)(
    '%s is part of the training loss and of its gradient',
    async (_, parameters, penalty, moved) => {
      const step = buildTrainStep({
        ...modelOf(parameters),
        stepsPerRun: 1,
        optimizer: optimizerSchema.parse({ kind: 'sgd' }),
      })
      const { means, tensors } = await train(step, new Map([[kernel.name, kernel]]), [batch], {
        learningRate: 1,
      })
      expect(means[0]?.loss).toBeCloseTo(penalty, 6)
      const after = Array.from(tensors.get('head.kernel')?.data ?? [], Number)
      for (const [index, value] of moved.entries()) expect(after[index]).toBeCloseTo(value, 6)
    },
  )

  it('is reported by evaluation, and left out of prediction', async () => {
    const model = modelOf({ l1: 0.1, l2: 0.1 })
    const step = buildForwardStep(model)
    const feeds: Record<string, TensorData> = {}
    for (const [id, port] of step.features) feeds[port.input] = batch.features[id] ?? new Float32Array()
    for (const [id, port] of step.targets) feeds[port.input] = batch.targets[id] ?? new Float32Array()
    for (const port of step.weights.values()) feeds[port.input] = kernel.data
    if (step.sampleWeight) feeds[step.sampleWeight.input] = Float32Array.of(1, 1)
    const results = await runOnnx(step.graph, feeds)
    const sums = Array.from(results[step.sums ?? '']?.data ?? [], Number)
    expect((sums[step.sumNames.indexOf('loss')] ?? Number.NaN) / 2).toBeCloseTo(0.4, 6)
    const { losses: _, ...prediction } = model
    const operators = buildForwardStep(prediction).graph.nodes.map(({ operator }) => operator)
    expect(operators).not.toContain('ReduceL1')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import { OnnxEngine } from '../../../src-main/engine/process/onnx/onnx-engine.ts'
import { TensorflowEngine } from '../../../src-main/engine/process/tensorflow/tensorflow-engine.ts'
import { ctcCases } from '../../parity/support/ctc-cases.ts'
import { ctcModel } from '../../parity/support/ctc-training.ts'
import { batchesOf, optionsOf, statefulCases } from '../../parity/support/stateful-cases.ts'
import { tenStepCases } from '../../parity/support/ten-step-cases.ts'
import { largestLossDifference } from '../../parity/support/ten-step-differences.ts'
import { lossesOf, tenStepJob } from '../../parity/support/ten-step-job.ts'
import { steps, type TenStepModel, tenStepModel } from '../../parity/support/ten-step-model.ts'
import { GpuProcess } from '../../support/gpu-process.ts'
import { LargestDifference } from '../../support/reference-interpreter/compare.ts'
import { runSteps } from '../../support/run-steps.ts'
import { softwareGpu } from '../../support/software-gpu.ts'
import { describeWithTensorflow, tensorflow } from '../../support/tensorflow.ts'
import { start } from '../../support/training-options.ts'

/**
 * Cases of the ten-step parity, one or more for each family of layers. No rotation is among them: shaders compute sines to
 * 2⁻¹¹ only, and losses after ten steps differ by 5e-4.
 */
const families: readonly string[] = [
  'dense on a sequence',
  'conv2d, same padding, strides',
  'conv3d, dilated, groups',
  'conv2dTranspose',
  'timeDistributedConv2d',
  'depthwiseConv1d, same padding, dilated',
  'separableConv2d',
  'maxPooling2d',
  'maxPooling2d, same padding',
  'averagePooling3d, same padding',
  'adaptiveMaxPooling2d to 2 × 3',
  'batchNormalization, training',
  'localResponseNormalization of an image',
  'spectralDense, converged',
  'prelu per channel of an image',
  'tokenAndPositionEmbedding',
  'bidirectionalGru',
  'lstm, padded',
  'convLstm2d',
  'multiHeadAttention to padded values',
  'transformerDecoder with an encoder',
  'weightedAdd, shares',
  'resizing to 13 × 4, bilinear',
  'dropout, training',
  'randomGrayscale',
  'normalization, learned, training',
  'expression, more functions',
  'cumulativeSum of columns, reverse',
  'denseBlock, training',
  // Layers that carry their states from step to step.
  'lstm on simpleRnn on gru',
  // A loss that goes through steps as recurrent layers do.
  'CTC with padding and repeated labels',
]

function modelOf(name: string): TenStepModel {
  const stateful = statefulCases[name]
  if (stateful) {
    const options = optionsOf(stateful)
    const batches = batchesOf(stateful).slice(0, steps)
    return { options, step: buildTrainStep(options), start: start(options), batches }
  }
  const sequence = ctcCases[name]
  if (sequence) return ctcModel(sequence, false)
  const one = tenStepCases[name]
  if (!one) throw new Error(`there is no case ${name}`)
  return tenStepModel(one)
}

async function onProcessor(model: TenStepModel): Promise<number[]> {
  const engine = new OnnxEngine({ provider: 'cpu', device: 'any', threads: 1 })
  const losses = lossesOf(model, await runSteps(engine, tenStepJob(model)))
  expect(losses).toHaveLength(steps)
  expect(losses.every(Number.isFinite)).toBe(true)
  return losses
}

describe.skipIf(!softwareGpu())('ten steps on WebGPU have the losses of the CPU (needs SwiftShader)', () => {
  const gpu = new GpuProcess()
  const largest = new LargestDifference()
  afterAll(() => {
    gpu.stop()
    console.info(`ten steps, WebGPU against the CPU: largest relative difference ${largest}`)
  })

  it.each(families)('%s', async (name) => {
    const model = modelOf(name)
    const found = lossesOf(model, await gpu.run(tenStepJob(model)))
    const difference = largestLossDifference(found, await onProcessor(model))
    largest.record(difference, name)
    expect(difference).toBeLessThan(1e-4)
  })
})

describeWithTensorflow('ten steps on TensorFlow have the losses of the CPU', () => {
  const largest = new LargestDifference()
  let engine: TensorflowEngine | undefined
  beforeAll(async () => {
    engine = new TensorflowEngine(await tensorflow(), 'any')
  })
  afterAll(() => {
    console.info(`ten steps, TensorFlow against the CPU: largest relative difference ${largest}`)
  })

  it.each(families)('%s', async (name) => {
    if (!engine) throw new Error('TensorFlow was not loaded')
    const model = modelOf(name)
    const found = lossesOf(model, await runSteps(engine, tenStepJob(model)))
    const difference = largestLossDifference(found, await onProcessor(model))
    largest.record(difference, name)
    expect(difference).toBeLessThan(1e-4)
  })
})

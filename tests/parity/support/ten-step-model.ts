import { elementCount, type NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import type { TrainStepOptions } from '../../../src-core/training/build-train-step.ts'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import type { RandomPort, TrainStep } from '../../../src-core/training/train-step.ts'
import type { LayerLine } from '../../support/models.ts'
import type { Batch } from '../../support/train-loop.ts'
import { category, optionsFor } from '../../support/training-options.ts'
import { someValues } from '../../unit/layers/run-layer.ts'
import type { TenStepCase } from './ten-step-cases.ts'

export const steps = 10
/** The masks of the cases, and some of their expressions, are written for three rows. */
export const rows = 3
/** Batches that take turns. */
export const batchCount = 2
const classes = 3
export const momentum = 0.9

/** A small model around the layer of a case, ready to be trained. */
export interface TenStepModel {
  readonly options: TrainStepOptions
  readonly step: TrainStep
  readonly start: ReadonlyMap<string, NamedTensor>
  /** One for each step. */
  readonly batches: readonly Batch[]
}

/**
 * The layer between a trainable scale of each input (so that what the layer hands back through its inputs counts) and a
 * softmax over three classes. Whole numbers go in as they are. Where inputs are padded, a Masking layer says so.
 */
function linesOf({ kind, inputs, parameters, indicesBelow, masks }: TenStepCase): LayerLine[] {
  const before = inputs.flatMap((shape, index): LayerLine[] => [
    [`input${index}`, 'input', { shape }],
    ...(masks?.[index] ? [[`masking${index}`, 'masking'] satisfies LayerLine] : []),
    ...(indicesBelow === undefined ? [[`scale${index}`, 'scale'] satisfies LayerLine] : []),
  ])
  const sources = inputs.map((_, index) => (indicesBelow === undefined ? `scale${index}` : `input${index}`))
  return [
    ...before,
    ['layer', kind, parameters ?? {}, ...sources],
    ['flatten', 'flatten'],
    ['head', 'dense', { units: classes, activation: 'softmax' }],
    ['output', 'output'],
  ]
}

/** What goes into one input, of one of the batches; padded steps are zeros. */
export function inputValues(
  { inputs, indicesBelow, masks, awayFromZero }: TenStepCase,
  index: number,
  batch: number,
): Float32Array {
  const shape = inputs[index] ?? []
  const values = someValues(rows * elementCount(shape), index + 10 * batch)
  if (indicesBelow !== undefined) {
    return values.map((value) => Math.floor(Math.abs(value) * 0.999 * indicesBelow))
  }
  const mask = masks?.[index]
  const perStep = elementCount(shape.slice(1))
  return values.map((value, at) =>
    mask?.[Math.floor(at / perStep)] === 0 ? 0 : awayFromZero ? 0.5 + Math.abs(value) : 2 * value + 0.3,
  )
}

/** First weights as the layers draw them, with something added to each, because much is zero or one at first. */
function startOf(options: TrainStepOptions): Map<string, NamedTensor> {
  return new Map(
    [...initializeWeights(options.plan, 3)].map(([name, tensor]) => {
      const noise = new Float32Array(tensor.data.length)
      fillUniform(noise, 4, name, 0)
      const data = Float32Array.from(tensor.data, Number).map(
        (value, index) => value + 0.2 * (noise[index] ?? 0),
      )
      return [name, { ...tensor, data }]
    }),
  )
}

function batchesOf(one: TenStepCase): Batch[] {
  return Array.from({ length: steps }, (_, step) => {
    const batch = step % batchCount
    const features = one.inputs.map((_, index) => [`input${index}`, inputValues(one, index, batch)])
    const targets = Int32Array.from({ length: rows }, (_, row) => (row + batch) % classes)
    return { features: Object.fromEntries(features), targets: { output: targets } }
  })
}

/** The model for a case. */
export function tenStepModel(one: TenStepCase): TenStepModel {
  const optimizer = optimizerSchema.parse({ kind: 'momentum', learningRate: one.learningRate, momentum })
  const options = optionsFor(linesOf(one), category(classes), { optimizer, batchSize: rows })
  return { options, step: buildTrainStep(options), start: startOf(options), batches: batchesOf(one) }
}

/** The noise that a feeder gives to a port at a step. */
export function noiseAt(port: RandomPort, step: number): Float32Array {
  const noise = new Float32Array(elementCount(port.shape))
  fillUniform(noise, 0, port.key, step)
  return noise
}

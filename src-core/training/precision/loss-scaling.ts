import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { NamedTensor, TensorValue } from '../../tensor-graph/types.ts'
import type { StatePort } from '../train-step.ts'

/**
 * Dynamic loss scaling: gradients are those of scale · loss, so that small ones do not vanish in float16. Where one is
 * not finite, the step is skipped and the scale halved; after `growthInterval` good steps in a row it is doubled.
 * Constants as in PyTorch's torch.amp.GradScaler (init_scale, growth_factor, backoff_factor, growth_interval); Keras 3's
 * LossScaleOptimizer begins at 2¹⁵ and is the same otherwise.
 */
const initialScale = 2 ** 16
const growthFactor = 2
const backoffFactor = 0.5
/** Good steps in a row after which the scale is doubled. */
export const growthInterval = 2000
/** Bounds that keep the scale, and 1 / scale, normal numbers of float32. */
const largestScale = 2 ** 100
const smallestScale = 2 ** -100
/** The sum of all gradients' magnitudes is below this where all are finite, for all that can be trained with. */
const largestSum = 3e38

/** What loss scaling remembers between steps: each a float32 scalar. */
export interface LossScale {
  readonly scale: TensorValue
  /** Steps since the last change of the scale. */
  readonly goodSteps: TensorValue
  /** Steps of the optimizer that were skipped since the training began. */
  readonly skippedSteps: TensorValue
}

type LossScaleKey = keyof LossScale

const startValues: Readonly<Record<LossScaleKey, number>> = {
  scale: initialScale,
  goodSteps: 0,
  skippedSteps: 0,
}
const keys: readonly LossScaleKey[] = ['scale', 'goodSteps', 'skippedSteps']

/** Name under which a checkpoint holds a part of the loss scale. */
export function lossScaleName(key: LossScaleKey): string {
  return `lossScaling/${key}`
}

/** The graph's inputs and outputs for the loss scale. */
export const lossScalePorts: readonly StatePort[] = keys.map((key) => ({
  input: `state/${lossScaleName(key)}`,
  output: `next/${lossScaleName(key)}`,
  dtype: 'float32',
  shape: [],
}))

/** Declares the graph's inputs for the loss scale. */
export function declareLossScale(builder: GraphBuilder): LossScale {
  const input = (key: LossScaleKey) => builder.input(`state/${lossScaleName(key)}`, 'float32', [])
  return { scale: input('scale'), goodSteps: input('goodSteps'), skippedSteps: input('skippedSteps') }
}

/** Marks what the last step left as the graph's outputs. */
export function outputLossScale(builder: GraphBuilder, scaling: LossScale): void {
  for (const key of keys) builder.output(`next/${lossScaleName(key)}`, scaling[key])
}

/** The loss scale of a checkpoint as state tensors; that of a fresh training where it has none. */
export function packLossScale(tensors: ReadonlyMap<string, NamedTensor>): Float32Array[] {
  return keys.map((key) => {
    const data = tensors.get(lossScaleName(key))?.data
    return Float32Array.of(data instanceof Float32Array ? (data[0] ?? startValues[key]) : startValues[key])
  })
}

/** The reverse of {@link packLossScale}. */
export function unpackLossScale(state: readonly ArrayLike<number | bigint>[]): NamedTensor[] {
  return keys.map((key, index) => {
    const data = Float32Array.of(Number(state[index]?.[0] ?? startValues[key]))
    return { name: lossScaleName(key), dtype: 'float32', shape: [], data }
  })
}

/** The gradients of the loss from those of scale · loss. Exact: the scale is a power of two. */
export function unscaled<K>(
  builder: GraphBuilder,
  { scale }: LossScale,
  gradients: ReadonlyMap<K, TensorValue>,
): Map<K, TensorValue> {
  const factor = builder.apply('Reciprocal', [scale])
  return new Map([...gradients].map(([key, gradient]) => [key, builder.apply('Mul', [gradient, factor])]))
}

/**
 * Whether all elements of all gradients are finite, as a truth value. A sum of magnitudes is infinite or no number where
 * one of them is, and loses neither on the way, as a maximum could.
 */
export function areFinite(builder: GraphBuilder, gradients: readonly TensorValue[]): TensorValue {
  const sums = gradients.map((gradient) => builder.apply('ReduceL1', [gradient], { keepdims: 0 }))
  const total = sums.reduce((sum, each) => builder.apply('Add', [sum, each]), builder.scalar(0))
  return builder.apply('Less', [total, builder.scalar(largestSum)])
}

/** The loss scale after a step. `moves`: whether a step of the optimizer was due, which counts as skipped where not finite. */
export function nextLossScale(
  builder: GraphBuilder,
  { scale, goodSteps, skippedSteps }: LossScale,
  finite: TensorValue,
  moves: boolean,
): LossScale {
  const one = builder.scalar(1)
  const zero = builder.scalar(0)
  const choose = (condition: TensorValue, yes: TensorValue, no: TensorValue) =>
    builder.apply('Where', [condition, yes, no])
  const good = builder.apply('Add', [goodSteps, one])
  const isDue = builder.apply('GreaterOrEqual', [good, builder.scalar(growthInterval)])
  const grown = builder.apply('Min', [
    builder.apply('Mul', [scale, builder.scalar(growthFactor)]),
    builder.scalar(largestScale),
  ])
  const smaller = builder.apply('Max', [
    builder.apply('Mul', [scale, builder.scalar(backoffFactor)]),
    builder.scalar(smallestScale),
  ])
  const skipped = builder.apply('Add', [skippedSteps, builder.scalar(moves ? 1 : 0)])
  return {
    scale: choose(finite, choose(isDue, grown, scale), smaller),
    goodSteps: choose(finite, choose(isDue, zero, good), zero),
    skippedSteps: choose(finite, skippedSteps, skipped),
  }
}

import type { WeightSpec } from '../../compile/model-plan.ts'
import { sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import { boolean, real } from '../parameter-fields.ts'
import { alongChannels, batchedChannelAxis, perChannelWeight } from './channels.ts'

/** The number that keeps a division by a deviation or norm finite. */
export function epsilonField(defaultEpsilon: number) {
  return real({
    label: 'Epsilon',
    description: 'Added to the variance so that nothing is divided by zero.',
    default: defaultEpsilon,
    min: 1e-12,
    max: 1,
    step: 0.0001,
    advanced: true,
  })
}

/** Parameters of layers that scale and shift what they normalised, channel by channel. */
export const affineFields = {
  epsilon: epsilonField(0.001),
  center: boolean({
    label: 'Center',
    description: 'Learns a shift (beta).',
    default: true,
    advanced: true,
  }),
  scale: boolean({
    label: 'Scale',
    description: 'Learns a factor (gamma).',
    default: true,
    advanced: true,
  }),
} as const

interface AffineParameters {
  readonly center: boolean
  readonly scale: boolean
}

/** gamma and beta, as far as they are wanted, for the channels of a shape. */
export function affineWeights(parameters: AffineParameters, shape: Shape): WeightSpec[] {
  return [
    ...(parameters.scale ? [perChannelWeight('gamma', shape, 'ones')] : []),
    ...(parameters.center ? [perChannelWeight('beta', shape, 'zeros')] : []),
  ]
}

interface AffineContext {
  readonly builder: GraphBuilder
  readonly parameters: AffineParameters
  weight(name: string): TensorValue
}

/** gamma · x + beta along the channels of the batched `x`. */
export function applyAffine({ builder, parameters, weight }: AffineContext, x: TensorValue): TensorValue {
  const along = (name: string) => alongChannels(builder, weight(name), x)
  const scaled = parameters.scale ? builder.apply('Mul', [x, along('gamma')]) : x
  return parameters.center ? builder.apply('Add', [scaled, along('beta')]) : scaled
}

/** (x − mean) / √(variance + epsilon), with mean and (biased) variance over the given axes of the batched `x`. */
export function standardized(
  builder: GraphBuilder,
  x: TensorValue,
  axes: readonly number[],
  epsilon: number,
): TensorValue {
  const over = builder.integers(axes)
  const mean = builder.apply('ReduceMean', [x, over], { keepdims: 1 })
  const centered = builder.apply('Sub', [x, mean])
  const squares = builder.apply('Mul', [centered, centered])
  const variance = builder.apply('ReduceMean', [squares, over], { keepdims: 1 })
  const shifted = builder.apply('Add', [variance, builder.scalar(epsilon)])
  return builder.apply('Div', [centered, builder.apply('Sqrt', [shifted])])
}

/**
 * The same for every sample and group of channels, over all points. Channels stay where they are, split into groups and
 * channels of a group; a group per channel is instance normalization.
 */
export function standardizedGroups(
  builder: GraphBuilder,
  x: TensorValue,
  groups: number,
  epsilon: number,
): TensorValue {
  const axis = batchedChannelAxis(x)
  const [, ...sample] = x.shape
  const split = sample.toSpliced(axis - 1, 1, groups, sizeAt(x.shape, axis) / groups)
  const grouped = builder.apply('Reshape', [x, builder.integers([0, ...split])])
  const points = [...grouped.shape.keys()].filter((each) => each !== 0 && each !== axis)
  const normal = standardized(builder, grouped, points, epsilon)
  return builder.apply('Reshape', [normal, builder.integers([0, ...sample])])
}

/** Mean, difference, square, mean, division, factor and shift. */
export function standardizedFlops({ output }: { readonly output: Shape }): number {
  return 8 * elementCount(output)
}

/** The centered values, the normalised ones and the result. */
export function standardizedElements({ output }: { readonly output: Shape }): number {
  return 3 * elementCount(output)
}

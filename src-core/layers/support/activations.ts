import { dataTypeCodes } from '../../tensor-graph/data-types.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { type Attributes, elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import { choice } from '../parameter-fields.ts'
import { batchedChannelAxis } from './channels.ts'
import { sparsemax } from './sparsemax.ts'

/** Activation functions under their Keras names; `linear` is none. */
export const activationKinds = [
  'linear',
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'silu',
  'sigmoid',
  'tanh',
  'softmax',
  'logSoftmax',
  'softplus',
  'relu6',
  'celu',
  'mish',
  'hardSigmoid',
  'hardSilu',
  'hardTanh',
  'softsign',
  'exponential',
  'logSigmoid',
  'tanhShrink',
  'softShrink',
  'hardShrink',
  'squareplus',
  'sparsePlus',
  'sparseSigmoid',
  'sparsemax',
] as const
export type ActivationKind = (typeof activationKinds)[number]

/** keras.activations.leaky_relu's default. */
export const defaultNegativeSlope = 0.2

/** The `activation` parameter of layers that end in one. */
export function activationField(defaultKind: ActivationKind = 'linear') {
  return choice({
    label: 'Activation',
    description: 'The function applied to every output of the layer; linear leaves it as it is.',
    default: defaultKind,
    choices: activationKinds,
  })
}

/**
 * Applies an activation to a batched tensor. Formulas and constants are Keras 3's: elu and celu with alpha 1, gelu exact
 * (with erf), the shrinking functions with a threshold of 0.5, squareplus with b = 4. Functions that compare values with
 * each other work along `axis`: that of the channels ([channels, height, width], else the last) unless another is given.
 */
export function lowerActivation(
  builder: GraphBuilder,
  x: TensorValue,
  kind: ActivationKind,
  negativeSlope: number = defaultNegativeSlope,
  axis: number = batchedChannelAxis(x),
): TensorValue {
  return activations[kind]({ builder, x, negativeSlope, axis })
}

const comparesValues: readonly ActivationKind[] = ['softmax', 'logSoftmax', 'sparsemax']

/** One operation per element; a softmax takes an exponential, a sum and a division. */
export function activationFlops(kind: ActivationKind, shape: Shape): number {
  if (kind === 'linear') return 0
  return (comparesValues.includes(kind) ? 3 : 1) * elementCount(shape)
}

interface ActivationCall {
  readonly builder: GraphBuilder
  readonly x: TensorValue
  readonly negativeSlope: number
  /** Of the batched tensor. */
  readonly axis: number
}

type Activation = (call: ActivationCall) => TensorValue

function operator(name: string, attributes: Attributes = {}): Activation {
  return ({ builder, x }) => builder.apply(name, [x], attributes)
}

function alongAxis(name: string): Activation {
  return ({ builder, x, axis }) => builder.apply(name, [x], { axis })
}

function clip(low: number, high: number): Activation {
  return ({ builder, x }) => builder.apply('Clip', [x, builder.scalar(low), builder.scalar(high)])
}

/** keras.activations.soft_shrink and hard_shrink's default. */
const shrinkThreshold = 0.5

/** x where |x| is above the threshold, 0 elsewhere. */
function hardShrink({ builder, x }: ActivationCall): TensorValue {
  const far = builder.apply('Greater', [builder.apply('Abs', [x]), builder.scalar(shrinkThreshold)])
  return builder.apply('Mul', [x, builder.apply('Cast', [far], { to: dataTypeCodes.float32 })])
}

/** (x + √(x² + 4)) / 2. */
function squareplus({ builder, x }: ActivationCall): TensorValue {
  const shifted = builder.apply('Add', [builder.apply('Mul', [x, x]), builder.scalar(4)])
  const sum = builder.apply('Add', [x, builder.apply('Sqrt', [shifted])])
  return builder.apply('Mul', [sum, builder.scalar(0.5)])
}

/** 0 below −1, x above 1, (x + 1)² / 4 between: the square of the clipped values, and what is left above 1. */
function sparsePlus({ builder, x }: ActivationCall): TensorValue {
  const one = builder.scalar(1)
  const middle = builder.apply('Clip', [x, builder.scalar(-1), one])
  const half = builder.apply('Mul', [builder.apply('Add', [middle, one]), builder.scalar(0.5)])
  const above = builder.apply('Relu', [builder.apply('Sub', [x, one])])
  return builder.apply('Add', [builder.apply('Mul', [half, half]), above])
}

const activations: Readonly<Record<ActivationKind, Activation>> = {
  linear: ({ x }) => x,
  relu: operator('Relu'),
  leakyRelu: ({ builder, x, negativeSlope }) => builder.apply('LeakyRelu', [x], { alpha: negativeSlope }),
  elu: operator('Elu', { alpha: 1 }),
  selu: operator('Selu'),
  gelu: operator('Gelu'),
  silu: ({ builder, x }) => builder.apply('Mul', [x, builder.apply('Sigmoid', [x])]),
  sigmoid: operator('Sigmoid'),
  tanh: operator('Tanh'),
  softmax: alongAxis('Softmax'),
  logSoftmax: alongAxis('LogSoftmax'),
  softplus: operator('Softplus'),
  relu6: clip(0, 6),
  celu: operator('Celu', { alpha: 1 }),
  mish: operator('Mish'),
  hardSigmoid: operator('HardSigmoid', { alpha: 1 / 6, beta: 0.5 }),
  hardSilu: operator('HardSwish'),
  hardTanh: clip(-1, 1),
  softsign: operator('Softsign'),
  exponential: operator('Exp'),
  logSigmoid: ({ builder, x }) =>
    builder.apply('Neg', [builder.apply('Softplus', [builder.apply('Neg', [x])])]),
  tanhShrink: ({ builder, x }) => builder.apply('Sub', [x, builder.apply('Tanh', [x])]),
  softShrink: (call) => call.builder.apply('Sub', [call.x, clip(-shrinkThreshold, shrinkThreshold)(call)]),
  hardShrink,
  squareplus,
  sparsePlus,
  sparseSigmoid: operator('HardSigmoid', { alpha: 0.5, beta: 0.5 }),
  sparsemax: ({ builder, x, axis }) => sparsemax(builder, x, axis),
}

/** What a layer keeps that computes `shape` and then applies an activation: the values before and after it. */
export function activatedElements(kind: ActivationKind, shape: Shape): number {
  return (kind === 'linear' ? 1 : 2) * elementCount(shape)
}

import { assertNever } from '../../assert-never.ts'
import { channelAxis } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import { choice } from '../parameter-fields.ts'

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
 * Applies an activation to a batched tensor. Formulas are Keras 3's: elu with alpha 1, gelu exact (with erf),
 * silu = x · sigmoid(x), softmax along the channels of images and volumes, which come first, or else the last axis.
 */
export function lowerActivation(
  builder: GraphBuilder,
  x: TensorValue,
  kind: ActivationKind,
  negativeSlope: number = defaultNegativeSlope,
): TensorValue {
  switch (kind) {
    case 'linear':
      return x
    case 'relu':
      return builder.apply('Relu', [x])
    case 'leakyRelu':
      return builder.apply('LeakyRelu', [x], { alpha: negativeSlope })
    case 'elu':
      return builder.apply('Elu', [x], { alpha: 1 })
    case 'selu':
      return builder.apply('Selu', [x])
    case 'gelu':
      return builder.apply('Gelu', [x])
    case 'silu':
      return builder.apply('Mul', [x, builder.apply('Sigmoid', [x])])
    case 'sigmoid':
      return builder.apply('Sigmoid', [x])
    case 'tanh':
      return builder.apply('Tanh', [x])
    case 'softmax':
      return builder.apply('Softmax', [x], { axis: batchedChannelAxis(x) })
    case 'logSoftmax':
      return builder.apply('LogSoftmax', [x], { axis: batchedChannelAxis(x) })
    case 'softplus':
      return builder.apply('Softplus', [x])
    default:
      return assertNever(kind)
  }
}

function batchedChannelAxis(x: TensorValue): number {
  return 1 + channelAxis(x.shape.slice(1))
}

/** One operation per element; a softmax takes an exponential, a sum and a division. */
export function activationFlops(kind: ActivationKind, shape: Shape): number {
  if (kind === 'linear') return 0
  const perElement = kind === 'softmax' || kind === 'logSoftmax' ? 3 : 1
  return perElement * elementCount(shape)
}

/** What a layer keeps that computes `shape` and then applies an activation: the values before and after it. */
export function activatedElements(kind: ActivationKind, shape: Shape): number {
  return (kind === 'linear' ? 1 : 2) * elementCount(shape)
}

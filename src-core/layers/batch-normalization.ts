import type { WeightSpec } from '../compile/model-plan.ts'
import { channelAxis, channelBroadcast, sizeAt } from '../shapes/axes.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import type { InitializerKind } from '../training/initializers.ts'
import { defineLayer } from './define-layer.ts'
import { boolean, real } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const batchNormalizationLayer = defineLayer({
  kind: 'batchNormalization',
  label: 'BatchNormalization',
  category: 'Normalization',
  description:
    'Brings every channel to mean 0 and variance 1 over the batch, then scales and shifts it. Makes deep networks train faster. Predicts with the moving statistics of training.',
  formula: 'y = gamma · (x − mean) / √(variance + epsilon) + beta',
  reference: 'Ioffe and Szegedy, "Batch Normalization", 2015; Keras 3: keras.layers.BatchNormalization',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    momentum: real({
      label: 'Momentum',
      description: 'How much of the old moving mean and variance stays at every step.',
      default: 0.99,
      min: 0,
      max: 1,
    }),
    epsilon: real({
      label: 'Epsilon',
      description: 'Added to the variance so that nothing is divided by zero.',
      default: 0.001,
      min: 1e-12,
      max: 1,
      step: 0.0001,
      advanced: true,
    }),
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
  },
  inferShape: onlyShape,
  maskRule: () => 'passes',
  weights: ({ output, parameters }) => {
    const channels = sizeAt(output, channelAxis(output))
    const perChannel = (name: string, kind: InitializerKind, trainable: boolean): WeightSpec => ({
      name,
      shape: [channels],
      initializer: { kind, fanIn: channels, fanOut: channels },
      trainable,
    })
    return [
      ...(parameters.scale ? [perChannel('gamma', 'ones', true)] : []),
      ...(parameters.center ? [perChannel('beta', 'zeros', true)] : []),
      perChannel('movingMean', 'zeros', false),
      perChannel('movingVariance', 'ones', false),
    ]
  },
  flops: ({ output }) => 2 * elementCount(output),
  activationElements: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, parameters, training, weight, updateWeight }) => {
    const x = onlyTensor({ inputs })
    const statistics = training
      ? batchStatistics(builder, x)
      : { mean: weight('movingMean'), variance: weight('movingVariance') }
    if (training) {
      const { momentum } = parameters
      updateWeight('movingMean', moved(builder, weight('movingMean'), statistics.mean, momentum))
      updateWeight('movingVariance', moved(builder, weight('movingVariance'), statistics.variance, momentum))
    }
    const deviation = builder.apply('Sqrt', [
      builder.apply('Add', [statistics.variance, builder.scalar(parameters.epsilon)]),
    ])
    const factor = parameters.scale
      ? builder.apply('Div', [weight('gamma'), deviation])
      : builder.apply('Reciprocal', [deviation])
    const along = (perChannel: TensorValue) => alongChannels(builder, perChannel, x)
    if (statistics.centered) {
      const scaled = builder.apply('Mul', [statistics.centered, along(factor)])
      return parameters.center ? builder.apply('Add', [scaled, along(weight('beta'))]) : scaled
    }
    // Scale and shift are computed per channel, so that the image itself is read only twice.
    const shiftedMean = builder.apply('Mul', [statistics.mean, factor])
    const shift = parameters.center
      ? builder.apply('Sub', [weight('beta'), shiftedMean])
      : builder.apply('Neg', [shiftedMean])
    return builder.apply('Add', [builder.apply('Mul', [x, along(factor)]), along(shift)])
  },
})

interface Statistics {
  readonly mean: TensorValue
  readonly variance: TensorValue
  /** x − mean, where it was computed on the way. */
  readonly centered?: TensorValue
}

/**
 * Mean and (biased) variance per channel of a batch. Images and volumes take E[x²] − E[x]² in one pass, never below zero, as Flax
 * does; tables and other small tensors take the centered form, which stays exact when the mean is much larger than the
 * deviation, as raw columns can be.
 */
function batchStatistics(builder: GraphBuilder, x: TensorValue): Statistics {
  const channels = 1 + channelAxis(x.shape.slice(1))
  const axes = builder.integers([...x.shape.keys()].filter((axis) => axis !== channels))
  const average = (value: TensorValue) => builder.apply('ReduceMean', [value, axes], { keepdims: 0 })
  const mean = average(x)
  if (channels !== 1 || x.shape.length < 4) {
    const centered = builder.apply('Sub', [x, alongChannels(builder, mean, x)])
    return { mean, variance: average(builder.apply('Mul', [centered, centered])), centered }
  }
  const difference = builder.apply('Sub', [
    average(builder.apply('Mul', [x, x])),
    builder.apply('Mul', [mean, mean]),
  ])
  return { mean, variance: builder.apply('Relu', [difference]) }
}

/** momentum · old + (1 − momentum) · current */
function moved(builder: GraphBuilder, old: TensorValue, current: TensorValue, momentum: number): TensorValue {
  return builder.apply('Add', [
    builder.apply('Mul', [old, builder.scalar(momentum)]),
    builder.apply('Mul', [current, builder.scalar(1 - momentum)]),
  ])
}

/** Gives a [channels] tensor the axes that let it broadcast along the channels of `x`. */
function alongChannels(builder: GraphBuilder, perChannel: TensorValue, x: TensorValue): TensorValue {
  const shape = channelBroadcast(x.shape.slice(1))
  return shape.length === 1 ? perChannel : builder.apply('Reshape', [perChannel, builder.integers(shape)])
}

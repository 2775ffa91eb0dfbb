import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { alongChannels, batchedChannelAxis, perChannelWeight } from './support/channels.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { affineFields, affineWeights } from './support/normalizing.ts'
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
    ...affineFields,
  },
  inferShape: onlyShape,
  maskRule: () => 'passes',
  weights: ({ output, parameters }) => [
    ...affineWeights(parameters, output),
    perChannelWeight('movingMean', output, 'zeros', false),
    perChannelWeight('movingVariance', output, 'ones', false),
  ],
  flops: ({ output }) => 2 * elementCount(output),
  activationElements: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, masks, parameters, training, weight, updateWeight }) => {
    const x = onlyTensor({ inputs })
    const statistics = training
      ? batchStatistics(builder, x, masks[0])
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
 * Mean and (biased) variance per channel of a batch. Images take E[x²] − E[x]² in one pass, never below zero, as Flax
 * does; tables and other small tensors take the centered form, which stays exact when the mean is much larger than the
 * deviation, as raw columns can be. Of masked sequences the steps that count are averaged, as in Keras 3.
 */
function batchStatistics(builder: GraphBuilder, x: TensorValue, mask: TensorValue | undefined): Statistics {
  const channels = batchedChannelAxis(x)
  const axes = builder.integers([...x.shape.keys()].filter((axis) => axis !== channels))
  const average =
    mask && x.shape.length === 3
      ? averageOfCounted(builder, mask)
      : (value: TensorValue) => builder.apply('ReduceMean', [value, axes], { keepdims: 0 })
  const mean = average(x)
  if (channels === x.shape.length - 1) {
    const centered = builder.apply('Sub', [x, alongChannels(builder, mean, x)])
    return { mean, variance: average(builder.apply('Mul', [centered, centered])), centered }
  }
  const difference = builder.apply('Sub', [
    average(builder.apply('Mul', [x, x])),
    builder.apply('Mul', [mean, mean]),
  ])
  return { mean, variance: builder.apply('Relu', [difference]) }
}

/** Averages [batch, steps, features] over the steps that count. */
function averageOfCounted(builder: GraphBuilder, mask: TensorValue): (value: TensorValue) => TensorValue {
  const counts = builder.apply('Unsqueeze', [mask, builder.integers([2])])
  const total = (value: TensorValue) =>
    builder.apply('ReduceSum', [value, builder.integers([0, 1])], { keepdims: 0 })
  // A batch in which nothing counts has the mean and variance 0.
  const count = builder.apply('Max', [total(counts), builder.scalar(1)])
  return (value) => builder.apply('Div', [total(builder.apply('Mul', [value, counts])), count])
}

/** momentum · old + (1 − momentum) · current */
function moved(builder: GraphBuilder, old: TensorValue, current: TensorValue, momentum: number): TensorValue {
  return builder.apply('Add', [
    builder.apply('Mul', [old, builder.scalar(momentum)]),
    builder.apply('Mul', [current, builder.scalar(1 - momentum)]),
  ])
}

import type { WeightSpec } from '../compile/model-plan.ts'
import { channelAxis, channelBroadcast, sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { boolean, real } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const layerNormalizationLayer = defineLayer({
  kind: 'layerNormalization',
  label: 'LayerNormalization',
  category: 'Normalization',
  description:
    'Brings the channels (or the last axis) of every sample to mean 0 and variance 1, then scales and shifts them. Does not depend on the batch.',
  formula: 'y = gamma · (x − mean) / √(variance + epsilon) + beta, over the channels',
  reference: 'Ba, Kiros and Hinton, "Layer Normalization", 2016; Keras 3: keras.layers.LayerNormalization',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
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
    const perChannel = (name: string, kind: 'ones' | 'zeros'): WeightSpec => ({
      name,
      shape: [channels],
      initializer: { kind, fanIn: channels, fanOut: channels },
      trainable: true,
    })
    return [
      ...(parameters.scale ? [perChannel('gamma', 'ones')] : []),
      ...(parameters.center ? [perChannel('beta', 'zeros')] : []),
    ]
  },
  // Mean, difference, square, mean, division, factor and shift.
  flops: ({ output }) => 8 * elementCount(output),
  activationElements: ({ output }) => 3 * elementCount(output),
  lower: ({ builder, inputs, output, parameters, weight }) => {
    const x = onlyTensor({ inputs })
    const alongChannels = channelBroadcast(output)
    const axis = builder.integers([1 + channelAxis(output)])
    const mean = builder.apply('ReduceMean', [x, axis], { keepdims: 1 })
    const centered = builder.apply('Sub', [x, mean])
    const squares = builder.apply('Mul', [centered, centered])
    const variance = builder.apply('ReduceMean', [squares, axis], { keepdims: 1 })
    const deviation = builder.apply('Sqrt', [
      builder.apply('Add', [variance, builder.scalar(parameters.epsilon)]),
    ])
    const along = (name: string) =>
      alongChannels.length === 1
        ? weight(name)
        : builder.apply('Reshape', [weight(name), builder.integers(alongChannels)])
    const normal = builder.apply('Div', [centered, deviation])
    const scaled = parameters.scale ? builder.apply('Mul', [normal, along('gamma')]) : normal
    return parameters.center ? builder.apply('Add', [scaled, along('beta')]) : scaled
  },
})

import { defineLayer } from './define-layer.ts'
import { batchedChannelAxis } from './support/channels.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import {
  affineFields,
  affineWeights,
  applyAffine,
  standardized,
  standardizedElements,
  standardizedFlops,
} from './support/normalizing.ts'
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
  parameters: affineFields,
  inferShape: onlyShape,
  maskRule: () => 'passes',
  weights: ({ output, parameters }) => affineWeights(parameters, output),
  flops: standardizedFlops,
  activationElements: standardizedElements,
  lower: (context) => {
    const x = onlyTensor(context)
    const axes = [batchedChannelAxis(x)]
    return applyAffine(context, standardized(context.builder, x, axes, context.parameters.epsilon))
  },
})

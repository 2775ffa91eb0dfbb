import { channelAxis, sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import {
  affineFields,
  affineWeights,
  applyAffine,
  standardizedElements,
  standardizedFlops,
  standardizedGroups,
} from './support/normalizing.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const instanceNormalizationLayer = defineLayer({
  kind: 'instanceNormalization',
  label: 'InstanceNormalization',
  category: 'Normalization',
  description:
    'Brings every channel of every sample to mean 0 and variance 1 over its points, then scales and shifts it. Takes the contrast out of images, as for style transfer.',
  formula: 'y = gamma · (x − mean) / √(variance + epsilon) + beta, over the points of each channel',
  reference:
    'Ulyanov, Vedaldi and Lempitsky, "Instance Normalization", 2016; Keras 3: keras.layers.GroupNormalization(groups=-1); ONNX: InstanceNormalization',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: affineFields,
  inferShape: ({ inputs }) => {
    const shape = onlyShape({ inputs })
    if (shape.length > 1) return shape
    return {
      code: 'shape.rank',
      expected: 'expects an image, a volume or a sequence, whose channels have several points',
      hint: 'Use LayerNormalization or BatchNormalization for a list of values.',
    }
  },
  weights: ({ output, parameters }) => affineWeights(parameters, output),
  flops: standardizedFlops,
  activationElements: standardizedElements,
  lower: (context) => {
    const { builder, output, parameters } = context
    const channels = sizeAt(output, channelAxis(output))
    return applyAffine(
      context,
      standardizedGroups(builder, onlyTensor(context), channels, parameters.epsilon),
    )
  },
})

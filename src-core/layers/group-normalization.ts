import { channelAxis, sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
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

export const groupNormalizationLayer = defineLayer({
  kind: 'groupNormalization',
  label: 'GroupNormalization',
  category: 'Normalization',
  description:
    'Brings groups of channels of every sample to mean 0 and variance 1, then scales and shifts each channel. Takes the place of batch normalization where batches are small.',
  formula: 'y = gamma · (x − mean) / √(variance + epsilon) + beta, over all points of a group of channels',
  reference: 'Wu and He, "Group Normalization", 2018; Keras 3: keras.layers.GroupNormalization',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    groups: integer({
      label: 'Groups',
      essential: true,
      description: 'How many groups the channels form; must divide them.',
      default: 32,
      min: 1,
      max: 65_536,
    }),
    ...affineFields,
  },
  inferShape: ({ inputs, parameters }) => {
    const shape = onlyShape({ inputs })
    const channels = sizeAt(shape, channelAxis(shape))
    if (channels % parameters.groups === 0) return shape
    return {
      code: 'layer.badParameter',
      expected: `expects a number of channels that its ${parameters.groups} groups divide`,
      hint: `It gets ${channels} channels; choose groups that divide them.`,
      parameter: 'groups',
    }
  },
  weights: ({ output, parameters }) => affineWeights(parameters, output),
  flops: standardizedFlops,
  activationElements: standardizedElements,
  lower: (context) => {
    const { builder, parameters } = context
    const normal = standardizedGroups(builder, onlyTensor(context), parameters.groups, parameters.epsilon)
    return applyAffine(context, normal)
  },
})

import { sizeAt } from '../shapes/axes.ts'
import { integer } from './parameter-fields.ts'
import { blockLayer } from './support/block.ts'
import {
  blockActivationField,
  blockNormalizationFields,
  blockStridesField,
  channelCount,
} from './support/block-fields.ts'
import { filterGroupsRefusal } from './support/convolution.ts'
import { activation, normalizedConvolution, projectedShortcut, sum } from './support/convolution-parts.ts'
import { chain } from './support/parts.ts'
import { requireImage } from './support/refusals.ts'

export const bottleneckBlockLayer = blockLayer(
  {
    kind: 'bottleneckBlock',
    label: 'BottleneckBlock',
    description:
      'A residual block whose 3 × 3 convolution works on few channels, between two convolutions of single points. The block of ResNet-50 and deeper; with groups, of ResNeXt. Weights: conv1, norm1, conv2, norm2, conv3, norm3, and shortcut with shortcutNorm where what came in is projected.',
    formula: 'y = activation(norm3(conv3(a(norm2(conv2(a(norm1(conv1(x)))))))) + shortcut(x))',
    reference:
      'He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", 2015; strides at the 3 × 3 convolution, as torchvision has them',
  },
  {
    parameters: {
      filters: channelCount('Filters', 'The channels inside, at the 3 × 3 convolution.', 64),
      expansion: integer({
        label: 'Expansion',
        essential: true,
        description: 'How many times more channels come out than there are inside.',
        default: 4,
        max: 64,
      }),
      strides: blockStridesField,
      groups: integer({
        label: 'Groups',
        description: 'Splits the 3 × 3 convolution into groups that do not see each other.',
        default: 1,
        max: 16_384,
        advanced: true,
      }),
      activation: blockActivationField('relu'),
      ...blockNormalizationFields,
    },
    require: requireImage,
    compose: (input, parameters) => {
      const { filters, expansion, strides, groups } = parameters
      const refusal = filterGroupsRefusal(filters, groups)
      if (refusal) return () => refusal
      const convolution = (index: 1 | 2 | 3, options: Parameters<typeof normalizedConvolution>[1]) =>
        normalizedConvolution(
          { convolution: `conv${index}`, normalization: `norm${index}` },
          options,
          parameters,
        )
      const between = activation(parameters.activation)
      const wide = filters * expansion
      const main = chain(
        convolution(1, { filters, kernelSize: [1, 1] }),
        between,
        convolution(2, { filters, kernelSize: [3, 3], strides, groups }),
        between,
        convolution(3, { filters: wide, kernelSize: [1, 1] }),
      )
      const shortcut = projectedShortcut({ channels: sizeAt(input, 0), filters: wide, strides }, parameters)
      return chain(sum(main, shortcut), between)
    },
  },
)

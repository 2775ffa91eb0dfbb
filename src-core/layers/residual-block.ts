import { sizeAt } from '../shapes/axes.ts'
import { pair } from './parameter-fields.ts'
import { blockLayer } from './support/block.ts'
import {
  blockActivationField,
  blockNormalizationFields,
  blockStridesField,
  channelCount,
} from './support/block-fields.ts'
import { activation, normalizedConvolution, projectedShortcut, sum } from './support/convolution-parts.ts'
import { chain } from './support/parts.ts'
import { requireImage } from './support/refusals.ts'

export const residualBlockLayer = blockLayer(
  {
    kind: 'residualBlock',
    label: 'ResidualBlock',
    description:
      'Two convolutions whose result is added to what came in, so that very deep networks can be trained. Where the shape changes, what came in is projected. Weights: conv1, norm1, conv2, norm2, and shortcut with shortcutNorm where it is projected.',
    formula: 'y = activation(norm2(conv2(activation(norm1(conv1(x))))) + shortcut(x))',
    reference: 'He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", 2015',
  },
  {
    parameters: {
      filters: channelCount('Filters', 'The channels of the output.', 64),
      strides: blockStridesField,
      kernelSize: pair({
        label: 'Kernel size',
        description: 'Height and width of each filter.',
        default: [3, 3],
        max: 1000,
      }),
      activation: blockActivationField('relu'),
      ...blockNormalizationFields,
    },
    require: requireImage,
    compose: (input, parameters) => {
      const { filters, kernelSize, strides } = parameters
      const convolution = (index: 1 | 2, steps: readonly number[]) =>
        normalizedConvolution(
          { convolution: `conv${index}`, normalization: `norm${index}` },
          { filters, kernelSize, strides: steps },
          parameters,
        )
      const main = chain(convolution(1, strides), activation(parameters.activation), convolution(2, [1, 1]))
      const shortcut = projectedShortcut({ channels: sizeAt(input, 0), filters, strides }, parameters)
      return chain(sum(main, shortcut), activation(parameters.activation))
    },
  },
)

import { sizeAt } from '../shapes/axes.ts'
import { activationLayer } from './activation.ts'
import { batchNormalizationLayer } from './batch-normalization.ts'
import { depthwiseConv2dLayer } from './depthwise-conv2d.ts'
import { choice, integer, pair } from './parameter-fields.ts'
import { blockLayer } from './support/block.ts'
import { blockNormalizationFields, blockStridesField, channelCount } from './support/block-fields.ts'
import { normalizedConvolution, sum } from './support/convolution-parts.ts'
import { chain, layer, type PartMaker } from './support/parts.ts'
import { requireImage } from './support/refusals.ts'
import { relu6 } from './support/relu6.ts'

const activations = ['relu6', 'relu', 'silu', 'gelu'] as const

export const invertedResidualBlockLayer = blockLayer(
  {
    kind: 'invertedResidualBlock',
    label: 'InvertedResidualBlock',
    description:
      'Widens an image to many channels, filters each one by itself and narrows it again; adds what came in where the shape stays. The block of MobileNetV2, for small and fast networks. Weights: expand, expandNorm, depthwise, depthwiseNorm, project, projectNorm.',
    formula: 'y = projectNorm(project(a(depthwiseNorm(depthwise(a(expandNorm(expand(x)))))))) + x',
    reference: 'Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018',
  },
  {
    parameters: {
      filters: channelCount('Filters', 'The channels of the output.', 16),
      expansion: integer({
        label: 'Expansion',
        essential: true,
        description: 'How many times more channels there are inside than come in; 1 leaves the widening out.',
        default: 6,
        max: 64,
      }),
      strides: blockStridesField,
      kernelSize: pair({
        label: 'Kernel size',
        description: 'Height and width of each channel’s own filter.',
        default: [3, 3],
        max: 1000,
      }),
      hiddenActivation: choice({
        label: 'Hidden activation',
        description: 'The function between the parts of the block.',
        default: 'relu6',
        choices: activations,
      }),
      ...blockNormalizationFields,
    },
    require: requireImage,
    compose: (input, parameters) => {
      const { filters, expansion, strides, kernelSize, momentum, epsilon } = parameters
      const channels = sizeAt(input, 0)
      const between: PartMaker =
        parameters.hiddenActivation === 'relu6'
          ? relu6
          : layer('', activationLayer, { activation: parameters.hiddenActivation })
      const pointwise = (name: string, count: number) =>
        normalizedConvolution(
          { convolution: name, normalization: `${name}Norm` },
          { filters: count, kernelSize: [1, 1] },
          parameters,
        )
      const widened = expansion === 1 ? [] : [pointwise('expand', channels * expansion), between]
      const main = chain(
        ...widened,
        layer('depthwise', depthwiseConv2dLayer, { kernelSize, strides, padding: 'same', useBias: false }),
        layer('depthwiseNorm', batchNormalizationLayer, { momentum, epsilon }),
        between,
        pointwise('project', filters),
      )
      const stays = channels === filters && strides.every((stride) => stride === 1)
      return stays ? sum(main, chain()) : main
    },
  },
)

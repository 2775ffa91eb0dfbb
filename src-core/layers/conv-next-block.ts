import { sizeAt } from '../shapes/axes.ts'
import { conv2dLayer } from './conv2d.ts'
import { depthwiseConv2dLayer } from './depthwise-conv2d.ts'
import { layerNormalizationLayer } from './layer-normalization.ts'
import { boolean, integer, pair, real } from './parameter-fields.ts'
import { blockLayer } from './support/block.ts'
import { hiddenActivationField } from './support/block-fields.ts'
import { channelScale } from './support/channel-scale.ts'
import { sum } from './support/convolution-parts.ts'
import { chain, layer } from './support/parts.ts'
import { requireImage } from './support/refusals.ts'

export const convNextBlockLayer = blockLayer(
  {
    kind: 'convNextBlock',
    label: 'ConvNextBlock',
    description:
      'Large filters for each channel by itself, then two dense steps at every point, added to what came in. A convolutional block as strong as a transformer’s. Weights: depthwise, norm, expand, project and layerScale, which starts at zero, so that the block begins as the identity.',
    formula: 'y = x + layerScale · project(activation(expand(norm(depthwise(x)))))',
    reference: 'Liu et al., "A ConvNet for the 2020s", CVPR 2022 (where layerScale starts at 1e-6)',
  },
  {
    parameters: {
      kernelSize: pair({
        label: 'Kernel size',
        essential: true,
        description: 'Height and width of each channel’s own filter.',
        default: [7, 7],
        max: 1000,
      }),
      expansion: integer({
        label: 'Expansion',
        essential: true,
        description: 'How many times more channels there are between the two dense steps.',
        default: 4,
        max: 64,
      }),
      hiddenActivation: hiddenActivationField('gelu'),
      layerScale: boolean({
        label: 'Layer scale',
        description: 'Learns how much of every channel is added.',
        default: true,
      }),
      epsilon: real({
        label: 'Epsilon',
        description: 'Added to the variance so that nothing is divided by zero.',
        default: 1e-6,
        min: 1e-12,
        max: 1,
        step: 1e-6,
        advanced: true,
      }),
    },
    require: requireImage,
    compose: (input, { kernelSize, expansion, hiddenActivation, layerScale, epsilon }) => {
      const channels = sizeAt(input, 0)
      const main = chain(
        layer('depthwise', depthwiseConv2dLayer, { kernelSize, padding: 'same' }),
        layer('norm', layerNormalizationLayer, { epsilon }),
        layer('expand', conv2dLayer, {
          filters: channels * expansion,
          kernelSize: [1, 1],
          activation: hiddenActivation,
        }),
        layer('project', conv2dLayer, { filters: channels, kernelSize: [1, 1] }),
        ...(layerScale ? [channelScale('layerScale')] : []),
      )
      return sum(main, chain())
    },
  },
)

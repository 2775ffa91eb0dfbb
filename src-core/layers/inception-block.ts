import { concatenateLayer } from './concatenate.ts'
import { conv2dLayer } from './conv2d.ts'
import { maxPooling2dLayer } from './max-pooling2d.ts'
import { blockLayer } from './support/block.ts'
import { blockActivationField, channelCount } from './support/block-fields.ts'
import { branches, chain, layer } from './support/parts.ts'
import { requireImage } from './support/refusals.ts'

export const inceptionBlockLayer = blockLayer(
  {
    kind: 'inceptionBlock',
    label: 'InceptionBlock',
    description:
      'Looks at an image with filters of several sizes at once, and at its maxima, and puts all results side by side. The block of GoogLeNet. Weights: conv1x1, reduce3x3, conv3x3, reduce5x5, conv5x5 and pool, each with kernel and bias.',
    formula: 'y = [conv1x1(x), conv3x3(reduce3x3(x)), conv5x5(reduce5x5(x)), pool(max 3 × 3 of x)]',
    reference: 'Szegedy et al., "Going Deeper with Convolutions", CVPR 2015',
  },
  {
    parameters: {
      filters1x1: channelCount('Filters 1 × 1', 'Filters of single points.', 64),
      reduce3x3: channelCount('Before 3 × 3', 'Channels that the 3 × 3 filters see.', 96),
      filters3x3: channelCount('Filters 3 × 3', 'Filters of 3 × 3 points.', 128),
      reduce5x5: channelCount('Before 5 × 5', 'Channels that the 5 × 5 filters see.', 16),
      filters5x5: channelCount('Filters 5 × 5', 'Filters of 5 × 5 points.', 32),
      poolFilters: channelCount('After pooling', 'Filters that see the maxima of 3 × 3 points.', 32),
      activation: blockActivationField('relu'),
    },
    require: requireImage,
    compose: (_, parameters) => {
      const { activation } = parameters
      const convolution = (name: string, filters: number, size: number) =>
        layer(name, conv2dLayer, { filters, kernelSize: [size, size], padding: 'same', activation })
      return branches(
        [
          convolution('conv1x1', parameters.filters1x1, 1),
          chain(
            convolution('reduce3x3', parameters.reduce3x3, 1),
            convolution('conv3x3', parameters.filters3x3, 3),
          ),
          chain(
            convolution('reduce5x5', parameters.reduce5x5, 1),
            convolution('conv5x5', parameters.filters5x5, 5),
          ),
          chain(
            layer('', maxPooling2dLayer, { poolSize: [3, 3], strides: [1, 1], padding: 'same' }),
            convolution('pool', parameters.poolFilters, 1),
          ),
        ],
        layer('', concatenateLayer),
      )
    },
  },
)

import { sizeAt } from '../shapes/axes.ts'
import { denseLayer } from './dense.ts'
import { globalAveragePooling2dLayer } from './global-average-pooling2d.ts'
import { multiplyLayer } from './multiply.ts'
import { integer } from './parameter-fields.ts'
import { reshapeLayer } from './reshape.ts'
import { blockLayer } from './support/block.ts'
import { hiddenActivationField } from './support/block-fields.ts'
import { branches, chain, layer } from './support/parts.ts'
import { requireImage } from './support/refusals.ts'

export const squeezeExciteLayer = blockLayer(
  {
    kind: 'squeezeExcite',
    label: 'SqueezeExcite',
    description:
      'Weighs the channels of an image: looks at the mean of each one and decides how much of it passes. Improves convolutional networks at little cost. Weights: squeeze and excite, each with kernel and bias.',
    formula: 'y[c] = x[c] · sigmoid(excite(activation(squeeze(mean of x))))[c]',
    reference: 'Hu, Shen and Sun, "Squeeze-and-Excitation Networks", CVPR 2018',
  },
  {
    parameters: {
      ratio: integer({
        label: 'Ratio',
        essential: true,
        description: 'How many times fewer values there are between the two dense steps than channels.',
        default: 16,
        max: 1024,
      }),
      hiddenActivation: hiddenActivationField('relu'),
    },
    require: requireImage,
    compose: (input, { ratio, hiddenActivation }) => {
      const channels = sizeAt(input, 0)
      const gate = chain(
        layer('', globalAveragePooling2dLayer),
        layer('squeeze', denseLayer, {
          units: Math.max(1, Math.floor(channels / ratio)),
          activation: hiddenActivation,
        }),
        layer('excite', denseLayer, { units: channels, activation: 'sigmoid' }),
        layer('', reshapeLayer, { targetShape: [channels, 1, 1] }),
      )
      return branches([chain(), gate], layer('', multiplyLayer))
    },
  },
)

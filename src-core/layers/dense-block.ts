import { batchNormalizationLayer } from './batch-normalization.ts'
import { concatenateLayer } from './concatenate.ts'
import { conv2dLayer } from './conv2d.ts'
import { integer } from './parameter-fields.ts'
import { blockLayer } from './support/block.ts'
import { blockNormalizationFields, channelCount, hiddenActivationField } from './support/block-fields.ts'
import { activation } from './support/convolution-parts.ts'
import { branches, chain, layer } from './support/parts.ts'
import { requireImage } from './support/refusals.ts'

export const denseBlockLayer = blockLayer(
  {
    kind: 'denseBlock',
    label: 'DenseBlock',
    description:
      'Several convolutions, each of which sees the results of all before it and adds a few channels to them. The block of DenseNet. Weights of its first layer: layer1Norm1, layer1Conv1, layer1Norm2 and layer1Conv2; without a bottleneck layer1Norm2 and layer1Conv2 only.',
    formula: 'xₖ₊₁ = [xₖ, conv2(a(norm2(conv1(a(norm1(xₖ))))))]',
    reference:
      'Huang, Liu, van der Maaten and Weinberger, "Densely Connected Convolutional Networks", CVPR 2017',
  },
  {
    parameters: {
      layers: integer({
        label: 'Layers',
        essential: true,
        description: 'How many times channels are added.',
        default: 4,
        max: 64,
      }),
      growthRate: channelCount('Growth rate', 'How many channels each layer adds.', 12),
      bottleneck: integer({
        label: 'Bottleneck',
        description:
          'The convolution of single points before each 3 × 3 convolution gives this times the growth rate; 0 leaves it out.',
        default: 4,
        min: 0,
        max: 64,
      }),
      hiddenActivation: hiddenActivationField('relu'),
      ...blockNormalizationFields,
    },
    require: requireImage,
    compose: (_, parameters) => {
      const { layers, growthRate, bottleneck, momentum, epsilon } = parameters
      const convolution = (name: string, index: 1 | 2, filters: number, size: number) => [
        layer(`${name}Norm${index}`, batchNormalizationLayer, { momentum, epsilon }),
        activation(parameters.hiddenActivation),
        layer(`${name}Conv${index}`, conv2dLayer, {
          filters,
          kernelSize: [size, size],
          padding: 'same',
          useBias: false,
        }),
      ]
      const steps = Array.from({ length: layers }, (_each, index) => {
        const name = `layer${index + 1}`
        const narrow = bottleneck === 0 ? [] : convolution(name, 1, bottleneck * growthRate, 1)
        const added = chain(...narrow, ...convolution(name, 2, growthRate, 3))
        return branches([chain(), added], layer('', concatenateLayer))
      })
      return chain(...steps)
    },
  },
)

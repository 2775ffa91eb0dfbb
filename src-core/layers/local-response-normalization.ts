import { sizeAt } from '../shapes/axes.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { integer, real } from './parameter-fields.ts'
import { batchedChannelAxis } from './support/channels.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const localResponseNormalizationLayer = defineLayer({
  ...pointwise,
  kind: 'localResponseNormalization',
  label: 'LocalResponseNormalization',
  category: 'Normalization',
  description:
    'Makes every channel smaller where its neighbours are large, as AlexNet did. Later networks use batch normalization instead.',
  formula: 'y[c] = x[c] / (bias + alpha / size · Σ x[c′]²)^beta, over the size channels around c',
  reference:
    'Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", 2012; PyTorch: torch.nn.LocalResponseNorm; ONNX: LRN',
  parameters: {
    size: integer({
      label: 'Size',
      essential: true,
      description:
        'How many neighbouring channels are looked at; an even one has one more before the channel than behind it, as in PyTorch.',
      default: 5,
      min: 1,
      max: 1024,
    }),
    alpha: real({
      label: 'Alpha',
      description: 'How much the neighbours count. AlexNet’s 0.0001 is this divided by the size.',
      default: 1e-4,
      min: 0,
      max: 1000,
      step: 0.0001,
    }),
    beta: real({
      label: 'Beta',
      description: 'The exponent.',
      default: 0.75,
      min: 0,
      max: 10,
      step: 0.05,
    }),
    bias: real({
      label: 'Bias',
      description: 'Added to the squares of the neighbours; AlexNet has 2.',
      default: 1,
      min: 1e-6,
      max: 1000,
      step: 0.1,
    }),
  },
  flops: ({ output, parameters }) => (parameters.size + 5) * elementCount(output),
  activationElements: ({ output }) => 3 * elementCount(output),
  lower: ({ builder, inputs, parameters }) => {
    const x = onlyTensor({ inputs })
    const { size, alpha, beta, bias } = parameters
    const mean = neighbourMean(builder, builder.apply('Mul', [x, x]), size)
    const base = builder.apply('Add', [
      builder.apply('Mul', [mean, builder.scalar(alpha)]),
      builder.scalar(bias),
    ])
    return builder.apply('Mul', [x, builder.apply('Pow', [base, builder.scalar(-beta)])])
  },
})

/** Averages over `size` neighbouring channels, those beyond the first and the last counted as 0. */
function neighbourMean(builder: GraphBuilder, x: TensorValue, size: number): TensorValue {
  const [, ...sample] = x.shape
  const axis = batchedChannelAxis(x)
  const channels = sizeAt(x.shape, axis)
  const before = Math.floor(size / 2)
  const isLast = axis === x.shape.length - 1
  // An image of one channel, whose rows (or columns) are the channels of x.
  const plane = isLast ? [0, 1, -1, channels] : [0, 1, channels, -1]
  const pooled = builder.apply('AveragePool', [builder.apply('Reshape', [x, builder.integers(plane)])], {
    kernel_shape: isLast ? [1, size] : [size, 1],
    pads: isLast ? [0, before, 0, size - 1 - before] : [before, 0, size - 1 - before, 0],
    count_include_pad: 1,
  })
  return builder.apply('Reshape', [pooled, builder.integers([0, ...sample])])
}

import { sizeAt } from '../shapes/axes.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { integer, real } from './parameter-fields.ts'
import { between, drawOne, inferSameImage, refuseReversed } from './support/augmentation.ts'
import { axisSamplingFlops, multiplyAxes } from './support/axis-sampler.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomGaussianBlurLayer = defineLayer({
  kind: 'randomGaussianBlur',
  label: 'RandomGaussianBlur',
  category: 'Augmentation',
  description: 'While training, blurs each image by a random amount. Does nothing when predicting.',
  formula:
    'y = x ∗ g, g ∝ exp(−distance² / 2σ²) over the kernel, σ uniform from minimum to maximum, edges mirrored',
  reference: 'torchvision: GaussianBlur; Keras 3: keras.layers.RandomGaussianBlur',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    radius: integer({
      label: 'Radius',
      essential: true,
      description: 'How many pixels the kernel reaches to either side; it is 2 · radius + 1 pixels wide.',
      default: 2,
      min: 1,
      max: 50,
    }),
    minimumSigma: real({
      label: 'Smallest sigma',
      description: 'The least blur, in pixels.',
      default: 0.1,
      min: 0.01,
      max: 100,
      step: 0.1,
    }),
    maximumSigma: real({
      label: 'Largest sigma',
      essential: true,
      description: 'The strongest blur, in pixels; a radius of two to three times as much holds it.',
      default: 1,
      min: 0.01,
      max: 100,
      step: 0.1,
    }),
  },
  inferShape: (context) => {
    const { minimumSigma, maximumSigma } = context.parameters
    return (
      refuseReversed('minimumSigma', 'smallest sigma', minimumSigma, maximumSigma) ?? inferSameImage(context)
    )
  },
  weights: () => [],
  flops: axisSamplingFlops,
  lower: (context) => {
    const { builder, parameters, training } = context
    const { radius, minimumSigma, maximumSigma } = parameters
    const x = onlyTensor(context)
    if (!training) return x
    const sigma = between(builder, drawOne(context), minimumSigma, maximumSigma)
    const kernel = gaussianKernel(builder, sigma, radius)
    return multiplyAxes(builder, x, {
      rows: blurMatrix(builder, kernel, sizeAt(x.shape, 2), radius, 'rows'),
      columns: blurMatrix(builder, kernel, sizeAt(x.shape, 3), radius, 'columns'),
    })
  },
})

/** exp(−d² / 2σ²) for d = −radius … radius, summing to 1: [batch, 2 · radius + 1]. */
function gaussianKernel(builder: GraphBuilder, sigma: TensorValue, radius: number): TensorValue {
  const squares = Float32Array.from({ length: 2 * radius + 1 }, (_, at) => -((at - radius) ** 2) / 2)
  const distances = builder.constant('float32', [2 * radius + 1], squares, 'distances')
  const exponent = builder.apply('Div', [distances, builder.apply('Mul', [sigma, sigma])])
  return builder.apply('Softmax', [exponent], { axis: 1 })
}

/** How much each pixel of an axis counts for each blurred one: [batch, blurred, pixel] for rows, turned for columns. */
function blurMatrix(
  builder: GraphBuilder,
  kernel: TensorValue,
  size: number,
  radius: number,
  side: 'rows' | 'columns',
): TensorValue {
  const span = 2 * radius + 1
  const moves = new Float32Array(span * size * size)
  for (let offset = 0; offset < span; offset++) {
    for (let pixel = 0; pixel < size; pixel++) {
      const source = mirroredAt(pixel + offset - radius, size)
      const [first, second] = side === 'rows' ? [pixel, source] : [source, pixel]
      moves[(offset * size + first) * size + second] = 1
    }
  }
  const table = builder.constant('float32', [span, size * size], moves, 'moves')
  return builder.apply('Reshape', [
    builder.apply('MatMul', [kernel, table]),
    builder.integers([0, size, size]),
  ])
}

/** Mirrored about the middle of the border pixels (d c b | a b c d | c b a), as torchvision pads. */
function mirroredAt(position: number, size: number): number {
  if (size === 1) return 0
  const period = 2 * (size - 1)
  const folded = ((position % period) + period) % period
  return folded < size ? folded : period - folded
}

import { sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { choice, pair } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

export const upSampling2dLayer = defineLayer({
  kind: 'upSampling2d',
  label: 'UpSampling2D',
  category: 'Shape',
  description: 'Enlarges an image by whole factors, by repeating points or by blending neighbours.',
  formula: 'y[i, j] = x at (i / factor, j / factor), nearest or bilinear',
  reference: 'Keras 3: keras.layers.UpSampling2D; ONNX: Resize (half_pixel)',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    size: pair({
      label: 'Factors',
      essential: true,
      description: 'How many times higher and wider the image becomes.',
      default: [2, 2],
      max: 64,
    }),
    interpolation: choice({
      label: 'Interpolation',
      description: 'nearest repeats each point; bilinear blends the four nearest ones.',
      default: 'nearest',
      choices: ['nearest', 'bilinear'],
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const image = onlyShape({ inputs })
    const [vertical, horizontal] = parameters.size
    return (
      requireImage(image) ?? [sizeAt(image, 0), sizeAt(image, 1) * vertical, sizeAt(image, 2) * horizontal]
    )
  },
  weights: () => [],
  // Bilinear: four products and three sums for each point.
  flops: ({ output, parameters }) => (parameters.interpolation === 'bilinear' ? 7 * elementCount(output) : 0),
  lower: ({ builder, inputs, parameters }) => {
    const x = onlyTensor({ inputs })
    const scales = builder.constant('float32', [4], Float32Array.of(1, 1, ...parameters.size), 'scales')
    // As tf.image.resize, which Keras calls: pixel centres at half coordinates, edges repeated.
    return builder.apply(
      'Resize',
      [x, undefined, scales],
      parameters.interpolation === 'bilinear'
        ? { mode: 'linear', coordinate_transformation_mode: 'half_pixel' }
        : { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
    )
  },
})

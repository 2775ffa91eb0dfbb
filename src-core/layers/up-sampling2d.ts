import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { choice } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { image } from './support/space.ts'
import { factorsField, inferUpSampling, lowerUpSampling, repeating } from './support/up-sampling.ts'

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
    size: factorsField(image),
    interpolation: choice({
      label: 'Interpolation',
      description: 'nearest repeats each point; bilinear blends the four nearest ones.',
      default: 'nearest',
      choices: ['nearest', 'bilinear'],
    }),
  },
  inferShape: ({ inputs, parameters }) => inferUpSampling(image, onlyShape({ inputs }), parameters.size),
  weights: () => [],
  // Bilinear: four products and three sums for each point.
  flops: ({ output, parameters }) => (parameters.interpolation === 'bilinear' ? 7 * elementCount(output) : 0),
  lower: ({ builder, inputs, parameters }) =>
    lowerUpSampling(
      builder,
      image,
      onlyTensor({ inputs }),
      parameters.size,
      // As tf.image.resize, which Keras calls: pixel centres at half coordinates, edges repeated.
      parameters.interpolation === 'bilinear'
        ? { mode: 'linear', coordinate_transformation_mode: 'half_pixel' }
        : repeating,
    ),
})

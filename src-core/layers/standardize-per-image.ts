import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { inferSameImage } from './support/augmentation.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const standardizePerImageLayer = defineLayer({
  kind: 'standardizePerImage',
  label: 'StandardizePerImage',
  category: 'Preprocessing',
  description:
    'Gives each image mean 0 and variance 1, so that brightness and contrast of the exposure do not matter.',
  formula: 'y = (x − mean) / max(deviation, 1 / √n), over all n values of the image',
  reference: 'TensorFlow: tf.image.per_image_standardization',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {},
  inferShape: inferSameImage,
  weights: () => [],
  flops: ({ output }) => 5 * elementCount(output),
  lower: ({ builder, inputs, output }) => {
    const x = onlyTensor({ inputs })
    const axes = builder.integers([1, 2, 3])
    const mean = builder.apply('ReduceMean', [x, axes], { keepdims: 1 })
    const centred = builder.apply('Sub', [x, mean])
    const squares = builder.apply('Mul', [centred, centred])
    const variance = builder.apply('ReduceMean', [squares, axes], { keepdims: 1 })
    // The bound is put under the root, where the slope stays finite for an image of one colour.
    const bounded = builder.apply('Max', [variance, builder.scalar(1 / elementCount(output))])
    return builder.apply('Div', [centred, builder.apply('Sqrt', [bounded])])
  },
})

import { defineLayer } from './define-layer.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { globalPoolingFlops, inferGlobalPooling } from './support/pooling.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

export const globalAveragePooling2dLayer = defineLayer({
  kind: 'globalAveragePooling2d',
  label: 'GlobalAveragePooling2D',
  category: 'Pooling',
  description:
    'Averages every channel over the whole image: one number per channel, whatever the image’s size.',
  formula: 'y[c] = mean of x[c, ·, ·]',
  reference: 'Keras 3: keras.layers.GlobalAveragePooling2D',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => {
    const image = onlyShape({ inputs })
    return inferGlobalPooling(image, requireImage(image))
  },
  weights: () => [],
  flops: globalPoolingFlops,
  lower: ({ builder, inputs }) =>
    builder.apply('ReduceMean', [onlyTensor({ inputs }), builder.integers([2, 3])], { keepdims: 0 }),
})

import { defineLayer } from './define-layer.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { globalPoolingFlops, inferGlobalPooling } from './support/pooling.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

export const globalMaxPooling2dLayer = defineLayer({
  kind: 'globalMaxPooling2d',
  label: 'GlobalMaxPooling2D',
  category: 'Pooling',
  description: 'Keeps the largest value of every channel: says whether a pattern is anywhere in the image.',
  formula: 'y[c] = max of x[c, ·, ·]',
  reference: 'Keras 3: keras.layers.GlobalMaxPooling2D',
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
    builder.apply('ReduceMax', [onlyTensor({ inputs }), builder.integers([2, 3])], { keepdims: 0 }),
})

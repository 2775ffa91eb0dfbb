import { defineLayer } from './define-layer.ts'
import { shape } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { singleOutput } from './support/ports.ts'

export const inputLayer = defineLayer({
  kind: 'input',
  label: 'Input',
  category: 'Input and output',
  description: 'Where the data enters. Its shape is the shape of one sample, without the batch.',
  formula: 'y = the data',
  reference: 'Keras 3: keras.layers.Input',
  inputs: [],
  outputs: singleOutput,
  parameters: {
    shape: shape({
      label: 'Shape',
      essential: true,
      description:
        'Sizes of one sample’s axes: channels, height and width of an image; the number of columns of a table.',
      default: [1, 28, 28],
    }),
  },
  inferShape: ({ parameters }) => parameters.shape,
  weights: () => [],
  flops: () => 0,
  // The compiler hands the model's own input over as this layer's only tensor.
  lower: onlyTensor,
})

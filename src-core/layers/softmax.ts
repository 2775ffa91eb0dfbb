import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { alongAxis, axisField, fromFront } from './support/axis.ts'
import { onlyTensor } from './support/context.ts'

export const softmaxLayer = defineLayer({
  ...alongAxis,
  kind: 'softmax',
  label: 'Softmax',
  category: 'Activation',
  description: 'Turns scores along an axis into probabilities that add up to 1.',
  formula: 'y = eˣ / Σ eˣ along the axis',
  reference: 'Keras 3: keras.layers.Softmax; ONNX: Softmax',
  parameters: {
    axis: axisField({
      description:
        'The axis of one sample along which the results add up to 1, counted from 0: 0 is the channels of an image; −1 is the last axis.',
      default: -1,
    }),
  },
  // The exponential, the sum and the division.
  flops: ({ output }) => 3 * elementCount(output),
  lower: ({ builder, inputs, output, parameters }) =>
    builder.apply('Softmax', [onlyTensor({ inputs })], {
      axis: 1 + fromFront(parameters.axis, output.length),
    }),
})

import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { alongAxis, axisField, fromFront } from './support/axis.ts'
import { onlyTensor } from './support/context.ts'
import { unitLength } from './support/unit-length.ts'

export const unitNormalizationLayer = defineLayer({
  ...alongAxis,
  kind: 'unitNormalization',
  label: 'UnitNormalization',
  category: 'Normalization',
  description:
    'Divides the values along an axis by their length, so that only their direction is left. Dot products of the results are cosines.',
  formula: 'y = x / √(Σ x²) along the axis',
  reference: 'Keras 3: keras.layers.UnitNormalization; ONNX: LpNormalization',
  parameters: {
    axis: axisField({
      description:
        'The axis of one sample along which results have the length 1, counted from 0: 0 is the channels of an image; −1 is the last axis.',
      default: -1,
    }),
  },
  // Square, sum and division.
  flops: ({ output }) => 3 * elementCount(output),
  lower: ({ builder, inputs, output, parameters }) =>
    unitLength(builder, onlyTensor({ inputs }), 1 + fromFront(parameters.axis, output.length)),
})

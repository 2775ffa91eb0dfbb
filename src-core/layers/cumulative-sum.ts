import { defineLayer } from './define-layer.ts'
import { boolean } from './parameter-fields.ts'
import { alongAxis, axisField, fromFront } from './support/axis.ts'
import { onlyTensor } from './support/context.ts'

export const cumulativeSumLayer = defineLayer({
  ...alongAxis,
  kind: 'cumulativeSum',
  label: 'CumulativeSum',
  category: 'Mathematics',
  description: 'Adds up the values along an axis, up to each one: increments become positions.',
  formula: 'y[i] = x[0] + … + x[i] along the axis',
  reference: 'Keras 3: keras.ops.cumsum; ONNX: CumSum',
  parameters: {
    axis: axisField({
      description:
        'The axis of one sample along which values are added up, counted from 0: 0 is the steps of a sequence; −1 is the last axis.',
      default: 0,
    }),
    exclusive: boolean({
      label: 'Exclusive',
      description: 'Leaves the value itself out: y[i] = x[0] + … + x[i − 1].',
      default: false,
    }),
    reverse: boolean({
      label: 'Reverse',
      description: 'Adds up from the end.',
      default: false,
    }),
  },
  lower: ({ builder, inputs, output, parameters }) => {
    const position = BigInt64Array.of(BigInt(1 + fromFront(parameters.axis, output.length)))
    const axis = builder.constant('int64', [], position, 'axis')
    return builder.apply('CumSum', [onlyTensor({ inputs }), axis], {
      exclusive: parameters.exclusive ? 1 : 0,
      reverse: parameters.reverse ? 1 : 0,
    })
  },
})

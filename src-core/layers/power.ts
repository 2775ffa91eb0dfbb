import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { atLeast, smallestField } from './support/lower-bound.ts'
import { pointwise } from './support/pointwise.ts'

export const powerLayer = defineLayer({
  ...pointwise,
  kind: 'power',
  label: 'Power',
  category: 'Mathematics',
  description:
    'Raises every value to a fixed power. With an exponent that is not a whole number, values below a bound, such as negative ones, are treated as the bound.',
  formula: 'y = x^exponent; max(x, smallest)^exponent where the exponent is no whole number',
  reference: 'Keras 3: keras.ops.power; ONNX: Pow',
  parameters: {
    exponent: real({
      label: 'Exponent',
      essential: true,
      description: 'The power; 2 squares, 0.5 takes the square root. For negative ones, add Reciprocal.',
      default: 2,
      min: 0.01,
      max: 16,
      step: 0.5,
    }),
    smallest: smallestField,
  },
  flops: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, parameters }) => {
    const { exponent, smallest } = parameters
    const x = onlyTensor({ inputs })
    const base = Number.isInteger(exponent) ? x : atLeast(builder, x, smallest)
    return builder.apply('Pow', [base, builder.scalar(exponent)])
  },
})

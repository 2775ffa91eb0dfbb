import { dataTypeCodes } from '../tensor-graph/data-types.ts'
import { defineLayer } from './define-layer.ts'
import { fromFront } from './support/axis.ts'
import { onlyTensor } from './support/context.ts'
import { reducedBy } from './support/reduction.ts'

export const argMaxLayer = defineLayer({
  ...reducedBy('ArgMax'),
  kind: 'argMax',
  label: 'ArgMax',
  description:
    'Says where along an axis the largest value stands, counted from 0; of equal ones the first. Nothing before it learns from what comes after it: its gradient is 0.',
  formula: 'y = the position of max(x) along the axis',
  reference: 'Keras 3: keras.ops.argmax; ONNX: ArgMax',
  lower: ({ builder, inputs, output, parameters }) => {
    const x = onlyTensor({ inputs })
    const axis = 1 + fromFront(parameters.axis, x.shape.length - 1)
    const keepdims = output.length === x.shape.length - 1 ? 1 : 0
    const positions = builder.apply('ArgMax', [x], { axis, keepdims })
    return builder.apply('Cast', [positions], { to: dataTypeCodes.float32 })
  },
})

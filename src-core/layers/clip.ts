import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

const range = { min: -1_000_000, max: 1_000_000, step: 0.1, essential: true } as const

export const clipLayer = defineLayer({
  ...pointwise,
  kind: 'clip',
  label: 'Clip',
  category: 'Mathematics',
  description: 'Keeps values between two bounds: what is below or above becomes the bound.',
  formula: 'y = min(max(x, minimum), maximum)',
  reference: 'Keras 3: keras.ops.clip; ONNX: Clip',
  parameters: {
    minimum: real({ ...range, label: 'Minimum', description: 'The lower bound.', default: 0 }),
    maximum: real({ ...range, label: 'Maximum', description: 'The upper bound.', default: 1 }),
  },
  inferShape: ({ inputs, parameters }) => {
    const { minimum, maximum } = parameters
    if (minimum <= maximum) return onlyShape({ inputs })
    return {
      code: 'layer.badParameter',
      expected: `expects a minimum (${minimum}) that is not above its maximum (${maximum})`,
      hint: 'Swap the two bounds.',
      parameter: 'minimum',
      ownFault: true,
    }
  },
  flops: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, parameters }) => {
    const bounds = [builder.scalar(parameters.minimum), builder.scalar(parameters.maximum)]
    return builder.apply('Clip', [onlyTensor({ inputs }), ...bounds])
  },
})

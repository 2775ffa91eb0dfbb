import { defineLayer } from './define-layer.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const roundLayer = defineLayer({
  ...pointwise,
  kind: 'round',
  label: 'Round',
  category: 'Mathematics',
  description:
    'Rounds to whole numbers, halves to even ones. Nothing before it learns from what comes after it: its gradient is 0.',
  formula: 'y = the whole number nearest to x',
  reference: 'Keras 3: keras.ops.round; ONNX: Round',
  parameters: {},
  lower: ({ builder, inputs }) => builder.apply('Round', [onlyTensor({ inputs })]),
})

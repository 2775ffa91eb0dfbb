import { defineLayer } from './define-layer.ts'

import { singleInput, singleOutput } from './support/ports.ts'
import {
  directionFields,
  gateFields,
  lstmFields,
  recurrentFields,
  statefulFields,
} from './support/recurrent/fields.ts'
import { lstmCell } from './support/recurrent/lstm-cell.ts'
import { recurrentMembers } from './support/recurrent/recurrent-members.ts'

export const lstmLayer = defineLayer({
  kind: 'lstm',
  label: 'LSTM',
  category: 'Recurrent',
  description:
    'Reads a sequence step by step; gates decide what it remembers, forgets and gives. Good for texts and time series.',
  formula: 'i, f, o = σ(x · W + h · U + b); c ← f · c + i · tanh(x · W + h · U + b); h ← o · tanh(c)',
  reference: 'Hochreiter and Schmidhuber, "Long short-term memory", 1997; Keras 3: keras.layers.LSTM',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { ...recurrentFields, ...gateFields, ...lstmFields, ...directionFields, ...statefulFields },
  ...recurrentMembers(lstmCell),
})

import { defineLayer } from './define-layer.ts'

import { singleInput, singleOutput } from './support/ports.ts'
import {
  directionFields,
  gateFields,
  gruFields,
  recurrentFields,
  statefulFields,
} from './support/recurrent/fields.ts'
import { gruCell } from './support/recurrent/gru-cell.ts'
import { recurrentMembers } from './support/recurrent/recurrent-members.ts'

export const gruLayer = defineLayer({
  kind: 'gru',
  label: 'GRU',
  category: 'Recurrent',
  description:
    'Reads a sequence step by step with two gates: remembers nearly as long as an LSTM with three quarters of its weights.',
  formula: 'z, r = σ(x · W + h · U + b); h′ = tanh(x · W + r · (h · U + b)); h ← z · h + (1 − z) · h′',
  reference:
    'Cho et al., "Learning phrase representations using RNN encoder–decoder", 2014; Keras 3: keras.layers.GRU',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { ...recurrentFields, ...gateFields, ...gruFields, ...directionFields, ...statefulFields },
  ...recurrentMembers(gruCell),
})

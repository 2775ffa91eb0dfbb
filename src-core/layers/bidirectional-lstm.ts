import { defineLayer } from './define-layer.ts'

import { singleInput, singleOutput } from './support/ports.ts'
import { bidirectionalMembers } from './support/recurrent/bidirectional-members.ts'
import { bidirectionalFields, gateFields, lstmFields, recurrentFields } from './support/recurrent/fields.ts'
import { lstmCell } from './support/recurrent/lstm-cell.ts'

export const bidirectionalLstmLayer = defineLayer({
  kind: 'bidirectionalLstm',
  label: 'Bidirectional LSTM',
  category: 'Recurrent',
  description:
    'Two LSTMs, one from each end of the sequence, so that every step knows what comes after it too.',
  formula: 'y = merge(lstm(x), lstm(x backwards))',
  reference:
    'Graves and Schmidhuber, "Framewise phoneme classification with bidirectional LSTM", 2005; Keras 3: keras.layers.Bidirectional(LSTM)',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { ...recurrentFields, ...gateFields, ...lstmFields, ...bidirectionalFields },
  ...bidirectionalMembers(lstmCell),
})

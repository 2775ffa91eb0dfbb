import { defineLayer } from './define-layer.ts'

import { singleInput, singleOutput } from './support/ports.ts'
import { bidirectionalMembers } from './support/recurrent/bidirectional-members.ts'
import { bidirectionalFields, gateFields, gruFields, recurrentFields } from './support/recurrent/fields.ts'
import { gruCell } from './support/recurrent/gru-cell.ts'

export const bidirectionalGruLayer = defineLayer({
  kind: 'bidirectionalGru',
  label: 'Bidirectional GRU',
  category: 'Recurrent',
  description:
    'Two GRUs, one from each end of the sequence, so that every step knows what comes after it too.',
  formula: 'y = merge(gru(x), gru(x backwards))',
  reference:
    'Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997; Keras 3: keras.layers.Bidirectional(GRU)',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { ...recurrentFields, ...gateFields, ...gruFields, ...bidirectionalFields },
  ...bidirectionalMembers(gruCell),
})

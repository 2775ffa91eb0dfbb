import { defineLayer } from './define-layer.ts'

import { singleInput, singleOutput } from './support/ports.ts'
import { bidirectionalMembers } from './support/recurrent/bidirectional-members.ts'
import { bidirectionalFields, recurrentFields } from './support/recurrent/fields.ts'
import { simpleRnnCell } from './support/recurrent/simple-rnn-cell.ts'

export const bidirectionalSimpleRnnLayer = defineLayer({
  kind: 'bidirectionalSimpleRnn',
  label: 'Bidirectional SimpleRNN',
  category: 'Recurrent',
  description:
    'Two SimpleRNNs, one from each end of the sequence, so that every step knows what comes after it too.',
  formula: 'y = merge(rnn(x), rnn(x backwards))',
  reference:
    'Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997; Keras 3: keras.layers.Bidirectional(SimpleRNN)',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { ...recurrentFields, ...bidirectionalFields },
  ...bidirectionalMembers(simpleRnnCell),
})

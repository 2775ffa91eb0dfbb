import { defineLayer } from './define-layer.ts'

import { singleInput, singleOutput } from './support/ports.ts'
import { directionFields, recurrentFields, statefulFields } from './support/recurrent/fields.ts'
import { recurrentMembers } from './support/recurrent/recurrent-members.ts'
import { simpleRnnCell } from './support/recurrent/simple-rnn-cell.ts'

export const simpleRnnLayer = defineLayer({
  kind: 'simpleRnn',
  label: 'SimpleRNN',
  category: 'Recurrent',
  description:
    'Reads a sequence step by step and remembers one list of values. Quick, but forgets after some ten steps: LSTM and GRU remember longer.',
  formula: 'h ← activation(x · kernel + h · recurrentKernel + bias)',
  reference: 'Elman, "Finding structure in time", 1990; Keras 3: keras.layers.SimpleRNN',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { ...recurrentFields, ...directionFields, ...statefulFields },
  ...recurrentMembers(simpleRnnCell),
})

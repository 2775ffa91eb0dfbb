import { globalPoolingLayer } from './support/pooling.ts'
import { sequence } from './support/space.ts'

export const globalMaxPooling1dLayer = globalPoolingLayer(sequence, 'ReduceMax', {
  kind: 'globalMaxPooling1d',
  label: 'GlobalMaxPooling1D',
  description:
    'Keeps the largest value of every feature over all steps: says whether a pattern is anywhere in the sequence.',
  formula: 'y[c] = max of x[·, c]',
  reference: 'Keras 3: keras.layers.GlobalMaxPooling1D',
})

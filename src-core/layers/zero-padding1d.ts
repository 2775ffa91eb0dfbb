import { paddingLayer } from './support/padding.ts'
import { sequence } from './support/space.ts'

export const zeroPadding1dLayer = paddingLayer(sequence, 'constant', {
  kind: 'zeroPadding1d',
  label: 'ZeroPadding1D',
  description: 'Puts steps of zeros before and after a sequence.',
  formula: 'y = x with zeros at both ends',
  reference: 'Keras 3: keras.layers.ZeroPadding1D; ONNX: Pad',
})

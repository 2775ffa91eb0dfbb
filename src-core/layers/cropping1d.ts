import { croppingLayer } from './support/cropping.ts'
import { sequence } from './support/space.ts'

export const cropping1dLayer = croppingLayer(sequence, {
  kind: 'cropping1d',
  label: 'Cropping1D',
  description: 'Cuts steps off the ends of a sequence.',
  formula: 'y = x without its ends',
  reference: 'Keras 3: keras.layers.Cropping1D; ONNX: Slice',
})

import { sequence } from './support/space.ts'
import { upSamplingLayer } from './support/up-sampling.ts'

export const upSampling1dLayer = upSamplingLayer(sequence, {
  kind: 'upSampling1d',
  label: 'UpSampling1D',
  description: 'Makes a sequence longer by a whole factor, by repeating every step.',
  formula: 'y[t] = x[⌊t / factor⌋]',
  reference: 'Keras 3: keras.layers.UpSampling1D; ONNX: Resize (nearest)',
})

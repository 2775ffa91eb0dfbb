import { convolutionLayer } from './support/convolution.ts'
import { sequence } from './support/space.ts'

export const conv1dLayer = convolutionLayer(sequence, {
  kind: 'conv1d',
  label: 'Conv1D',
  description:
    'Slides small filters along a sequence; each one finds its pattern whenever it comes. For signals, text and time series.',
  formula: 'y[t, f] = activation(Σ_c Σ_k x[t + k, c] · kernel[f, c, k] + bias[f])',
  reference: 'Keras 3: keras.layers.Conv1D; ONNX: Conv',
})

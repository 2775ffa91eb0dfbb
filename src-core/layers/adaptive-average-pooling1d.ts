import { adaptivePoolingLayer } from './support/adaptive-pooling.ts'
import { sequence } from './support/space.ts'

export const adaptiveAveragePooling1dLayer = adaptivePoolingLayer(sequence, 'AveragePool', {
  kind: 'adaptiveAveragePooling1d',
  label: 'AdaptiveAveragePooling1D',
  description: 'Shrinks a sequence of any size to a given one by averaging bins of nearly equal size.',
  formula: 'y[i] = mean of x from ⌊i · size / n⌋ to ⌈(i + 1) · size / n⌉',
  reference: 'Keras 3: keras.layers.AdaptiveAveragePooling1D; PyTorch: torch.nn.AdaptiveAvgPool1d',
})

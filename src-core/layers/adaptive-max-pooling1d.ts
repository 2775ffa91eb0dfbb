import { adaptivePoolingLayer } from './support/adaptive-pooling.ts'
import { sequence } from './support/space.ts'

export const adaptiveMaxPooling1dLayer = adaptivePoolingLayer(sequence, 'MaxPool', {
  kind: 'adaptiveMaxPooling1d',
  label: 'AdaptiveMaxPooling1D',
  description:
    'Shrinks a sequence of any size to a given one by keeping the largest value of bins of nearly equal size.',
  formula: 'y[i] = max of x from ⌊i · size / n⌋ to ⌈(i + 1) · size / n⌉',
  reference: 'Keras 3: keras.layers.AdaptiveMaxPooling1D; PyTorch: torch.nn.AdaptiveMaxPool1d',
})

import { adaptivePoolingLayer } from './support/adaptive-pooling.ts'
import { image } from './support/space.ts'

export const adaptiveMaxPooling2dLayer = adaptivePoolingLayer(image, 'MaxPool', {
  kind: 'adaptiveMaxPooling2d',
  label: 'AdaptiveMaxPooling2D',
  description:
    'Shrinks an image of any size to a given one by keeping the largest value of bins of nearly equal size.',
  formula: 'y[i] = max of x from ⌊i · size / n⌋ to ⌈(i + 1) · size / n⌉',
  reference: 'Keras 3: keras.layers.AdaptiveMaxPooling2D; PyTorch: torch.nn.AdaptiveMaxPool2d',
})

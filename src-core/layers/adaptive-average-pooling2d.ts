import { adaptivePoolingLayer } from './support/adaptive-pooling.ts'
import { image } from './support/space.ts'

export const adaptiveAveragePooling2dLayer = adaptivePoolingLayer(image, 'AveragePool', {
  kind: 'adaptiveAveragePooling2d',
  label: 'AdaptiveAveragePooling2D',
  description: 'Shrinks an image of any size to a given one by averaging bins of nearly equal size.',
  formula: 'y[i] = mean of x from ⌊i · size / n⌋ to ⌈(i + 1) · size / n⌉',
  reference: 'Keras 3: keras.layers.AdaptiveAveragePooling2D; PyTorch: torch.nn.AdaptiveAvgPool2d',
})

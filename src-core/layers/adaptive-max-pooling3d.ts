import { adaptivePoolingLayer } from './support/adaptive-pooling.ts'
import { volume } from './support/space.ts'

export const adaptiveMaxPooling3dLayer = adaptivePoolingLayer(volume, 'MaxPool', {
  kind: 'adaptiveMaxPooling3d',
  label: 'AdaptiveMaxPooling3D',
  description:
    'Shrinks a volume of any size to a given one by keeping the largest value of bins of nearly equal size.',
  formula: 'y[i] = max of x from ⌊i · size / n⌋ to ⌈(i + 1) · size / n⌉',
  reference: 'Keras 3: keras.layers.AdaptiveMaxPooling3D; PyTorch: torch.nn.AdaptiveMaxPool3d',
})

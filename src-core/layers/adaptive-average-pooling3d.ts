import { adaptivePoolingLayer } from './support/adaptive-pooling.ts'
import { volume } from './support/space.ts'

export const adaptiveAveragePooling3dLayer = adaptivePoolingLayer(volume, 'AveragePool', {
  kind: 'adaptiveAveragePooling3d',
  label: 'AdaptiveAveragePooling3D',
  description: 'Shrinks a volume of any size to a given one by averaging bins of nearly equal size.',
  formula: 'y[i] = mean of x from ⌊i · size / n⌋ to ⌈(i + 1) · size / n⌉',
  reference: 'Keras 3: keras.layers.AdaptiveAveragePooling3D; PyTorch: torch.nn.AdaptiveAvgPool3d',
})

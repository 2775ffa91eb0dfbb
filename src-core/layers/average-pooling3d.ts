import { poolingLayer } from './support/pooling.ts'
import { volume } from './support/space.ts'

export const averagePooling3dLayer = poolingLayer(volume, 'AveragePool', {
  kind: 'averagePooling3d',
  label: 'AveragePooling3D',
  description:
    'Averages each window: shrinks a volume and smooths it. Padding does not count in the average.',
  formula: 'y = mean of x over each window',
  reference: 'Keras 3: keras.layers.AveragePooling3D; ONNX: AveragePool',
})

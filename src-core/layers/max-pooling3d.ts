import { poolingLayer } from './support/pooling.ts'
import { volume } from './support/space.ts'

export const maxPooling3dLayer = poolingLayer(volume, 'MaxPool', {
  kind: 'maxPooling3d',
  label: 'MaxPooling3D',
  description: 'Keeps the largest value of each window: shrinks a volume and keeps what stands out.',
  formula: 'y = max of x over each window',
  reference: 'Keras 3: keras.layers.MaxPooling3D; ONNX: MaxPool',
})

import { defineLayer } from './define-layer.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { inferPooling, poolingFields, poolingFlops, poolingWindow } from './support/pooling.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { windowAttributes } from './support/window.ts'

export const maxPooling2dLayer = defineLayer({
  kind: 'maxPooling2d',
  label: 'MaxPooling2D',
  category: 'Pooling',
  description: 'Keeps the largest value of each window: shrinks an image and keeps what stands out.',
  formula: 'y = max of x over each window',
  reference: 'Keras 3: keras.layers.MaxPooling2D; ONNX: MaxPool',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: poolingFields,
  inferShape: ({ inputs, parameters }) => inferPooling(parameters, onlyShape({ inputs })),
  weights: () => [],
  flops: poolingFlops,
  lower: ({ builder, inputs, parameters }) => {
    const x = onlyTensor({ inputs })
    return builder.apply('MaxPool', [x], windowAttributes(x.shape.slice(1), poolingWindow(parameters)))
  },
})

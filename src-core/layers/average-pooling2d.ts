import { defineLayer } from './define-layer.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { inferPooling, poolingFields, poolingFlops, poolingWindow } from './support/pooling.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { windowAttributes } from './support/window.ts'

export const averagePooling2dLayer = defineLayer({
  kind: 'averagePooling2d',
  label: 'AveragePooling2D',
  category: 'Pooling',
  description:
    'Averages each window: shrinks an image and smooths it. Padding does not count in the average.',
  formula: 'y = mean of x over each window',
  reference: 'Keras 3: keras.layers.AveragePooling2D; ONNX: AveragePool',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: poolingFields,
  inferShape: ({ inputs, parameters }) => inferPooling(parameters, onlyShape({ inputs })),
  weights: () => [],
  flops: poolingFlops,
  lower: ({ builder, inputs, parameters }) => {
    const x = onlyTensor({ inputs })
    return builder.apply('AveragePool', [x], {
      ...windowAttributes(x.shape.slice(1), poolingWindow(parameters)),
      count_include_pad: 0,
    })
  },
})

import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { pair } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

export const zeroPadding2dLayer = defineLayer({
  kind: 'zeroPadding2d',
  label: 'ZeroPadding2D',
  category: 'Shape',
  description: 'Puts rows and columns of zeros around an image.',
  formula: 'y = x with a border of zeros',
  reference: 'Keras 3: keras.layers.ZeroPadding2D; ONNX: Pad',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    vertical: pair({
      label: 'Rows',
      essential: true,
      description: 'Rows of zeros above and below.',
      default: [1, 1],
      min: 0,
      max: 1000,
      labels: ['top', 'bottom'],
    }),
    horizontal: pair({
      label: 'Columns',
      essential: true,
      description: 'Columns of zeros on the left and on the right.',
      default: [1, 1],
      min: 0,
      max: 1000,
      labels: ['left', 'right'],
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const image = onlyShape({ inputs })
    const [top, bottom] = parameters.vertical
    const [left, right] = parameters.horizontal
    return (
      requireImage(image) ?? [
        sizeAt(image, 0),
        sizeAt(image, 1) + top + bottom,
        sizeAt(image, 2) + left + right,
      ]
    )
  },
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, parameters }) => {
    const [top, bottom] = parameters.vertical
    const [left, right] = parameters.horizontal
    // ONNX counts pads as the beginnings of all axes, then the ends; batch and channels stay as they are.
    const pads = builder.integers([0, 0, top, left, 0, 0, bottom, right])
    return builder.apply('Pad', [onlyTensor({ inputs }), pads])
  },
})

import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { pair } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

export const cropping2dLayer = defineLayer({
  kind: 'cropping2d',
  label: 'Cropping2D',
  category: 'Shape',
  description: 'Cuts rows and columns off the edges of an image.',
  formula: 'y = x without its border',
  reference: 'Keras 3: keras.layers.Cropping2D; ONNX: Slice',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    vertical: pair({
      label: 'Rows',
      essential: true,
      description: 'Rows cut off above and below.',
      default: [1, 1],
      min: 0,
      max: 1000,
      labels: ['top', 'bottom'],
    }),
    horizontal: pair({
      label: 'Columns',
      essential: true,
      description: 'Columns cut off on the left and on the right.',
      default: [1, 1],
      min: 0,
      max: 1000,
      labels: ['left', 'right'],
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const image = onlyShape({ inputs })
    const refusal = requireImage(image)
    if (refusal) return refusal
    const [top, bottom] = parameters.vertical
    const [left, right] = parameters.horizontal
    const height = sizeAt(image, 1) - top - bottom
    const width = sizeAt(image, 2) - left - right
    if (height >= 1 && width >= 1) return [sizeAt(image, 0), height, width]
    return {
      code: 'shape.tooSmall',
      expected: `expects an image of at least ${top + bottom + 1} × ${left + right + 1} to cut its border off`,
      hint: 'Cut off fewer rows and columns, or shrink the image less before it.',
    }
  },
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, output, parameters }) => {
    const [top] = parameters.vertical
    const [left] = parameters.horizontal
    // Axis 0 is the batch, axis 1 the channels.
    const axes = builder.integers([2, 3])
    const starts = builder.integers([top, left])
    const ends = builder.integers([top + sizeAt(output, 1), left + sizeAt(output, 2)])
    return builder.apply('Slice', [onlyTensor({ inputs }), starts, ends, axes])
  },
})

import { sizeAt } from '../shapes/axes.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { choice, integer } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

export const resizingLayer = defineLayer({
  kind: 'resizing',
  label: 'Resizing',
  category: 'Shape',
  description: 'Makes an image of a given size, larger or smaller, by blending neighbours or picking points.',
  formula: 'y[i, j] = x at ((i + ½) · height / newHeight − ½, …), bilinear or nearest',
  reference: 'Keras 3: keras.layers.Resizing; ONNX: Resize (half_pixel)',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    height: integer({
      label: 'Height',
      essential: true,
      description: 'Rows of the result.',
      default: 32,
      max: 10_000,
    }),
    width: integer({
      label: 'Width',
      essential: true,
      description: 'Columns of the result.',
      default: 32,
      max: 10_000,
    }),
    interpolation: choice({
      label: 'Interpolation',
      description:
        'bilinear blends the four nearest points, without smoothing when it shrinks; nearest picks one.',
      default: 'bilinear',
      choices: ['bilinear', 'nearest'],
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const image = onlyShape({ inputs })
    return requireImage(image) ?? [sizeAt(image, 0), parameters.height, parameters.width]
  },
  weights: () => [],
  // Bilinear: four products and three sums for each point.
  flops: ({ output, parameters }) => (parameters.interpolation === 'bilinear' ? 7 * elementCount(output) : 0),
  lower: ({ builder, inputs, parameters }) => {
    const x = onlyTensor({ inputs })
    const { height, width, interpolation } = parameters
    if (interpolation === 'nearest') {
      return nearestAlong(builder, nearestAlong(builder, x, 2, height), 3, width)
    }
    return builder.apply('Resize', [x, undefined, undefined, builder.integers([height, width])], {
      axes: [2, 3],
      mode: 'linear',
      coordinate_transformation_mode: 'half_pixel',
    })
  },
})

/**
 * Picks floor((i + ½) · size / newSize) along an axis, as tf.image.resize does. Counted in whole numbers, because the
 * rounding of ONNX's Resize depends on the engine where a point lies between two others.
 */
function nearestAlong(builder: GraphBuilder, x: TensorValue, axis: number, newSize: number): TensorValue {
  const size = sizeAt(x.shape, axis)
  if (size === newSize) return x
  const picked = Array.from({ length: newSize }, (_, index) =>
    Math.floor(((2 * index + 1) * size) / (2 * newSize)),
  )
  return builder.apply('Gather', [x, builder.integers(picked)], { axis })
}

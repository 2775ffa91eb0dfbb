import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Attributes, Shape, TensorValue } from '../../tensor-graph/types.ts'
import { defineLayer, type ShapeRefusal } from '../define-layer.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { singleInput, singleOutput } from './ports.ts'
import {
  channelsOf,
  type LayerTexts,
  placesOf,
  requireSpace,
  type Sizes,
  type Space,
  shapeOf,
  sizeList,
  sizesField,
} from './space.ts'

const factorTexts: Readonly<Record<string, string>> = {
  sequence: 'How many times longer the sequence becomes.',
  image: 'How many times higher and wider the image becomes.',
  volume: 'How many times deeper, higher and wider the volume becomes.',
}

/** The `size` parameter: a factor for every axis. */
export function factorsField(space: Space) {
  return sizesField(space, {
    label: space.axes.length === 1 ? 'Factor' : 'Factors',
    essential: true,
    description: factorTexts[space.name] ?? '',
    default: 2,
    max: 64,
  })
}

export function inferUpSampling(space: Space, shape: Shape, size: Sizes): Shape | ShapeRefusal {
  const factors = sizeList(size)
  const places = placesOf(space, shape).map((each, axis) => each * (factors[axis] ?? 1))
  return requireSpace(space, shape) ?? shapeOf(space, channelsOf(space, shape), places)
}

/** The point that is at floor(i / factor): every point is repeated. */
export const repeating: Attributes = {
  mode: 'nearest',
  coordinate_transformation_mode: 'asymmetric',
  nearest_mode: 'floor',
}

export function lowerUpSampling(
  builder: GraphBuilder,
  space: Space,
  x: TensorValue,
  size: Sizes,
  attributes: Attributes,
): TensorValue {
  const factors = [1, ...shapeOf(space, 1, sizeList(size))]
  const scales = builder.constant('float32', [factors.length], Float32Array.from(factors), 'scales')
  return builder.apply('Resize', [x, undefined, scales], attributes)
}

/** Repeats every point of a sequence or a volume. */
export function upSamplingLayer(space: Space, texts: LayerTexts) {
  return defineLayer({
    ...texts,
    category: 'Shape',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: { size: factorsField(space) },
    inferShape: ({ inputs, parameters }) => inferUpSampling(space, onlyShape({ inputs }), parameters.size),
    weights: () => [],
    flops: () => 0,
    lower: ({ builder, inputs, parameters }) =>
      lowerUpSampling(builder, space, onlyTensor({ inputs }), parameters.size, repeating),
  })
}

import { sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { real } from '../parameter-fields.ts'
import { pixelPositions } from './axis-sampler.ts'

export const eraseValueField = real({
  label: 'Fill value',
  description: 'What the pixels become.',
  default: 0,
  min: -1000,
  max: 1000,
  step: 0.1,
  advanced: true,
})

/** A stretch of an axis for every sample: pixels start … start + length − 1, whole numbers as float32 [batch, 1]. */
export interface Stretch {
  readonly start: TensorValue
  readonly length: TensorValue
}

/** Gives the pixels in each picture's rectangle one value. x is [batch, channels, height, width]. */
export function fillRectangle(
  builder: GraphBuilder,
  x: TensorValue,
  rows: Stretch,
  columns: Stretch,
  value: number,
): TensorValue {
  return builder.apply('Where', [insideRectangle(builder, x, rows, columns), builder.scalar(value), x])
}

/** Whether each pixel lies in its picture's rectangle: bool [batch, 1, height, width]. */
export function insideRectangle(
  builder: GraphBuilder,
  x: TensorValue,
  rows: Stretch,
  columns: Stretch,
): TensorValue {
  const inRows = insideOf(builder, rows, sizeAt(x.shape, 2), [1, 3])
  return builder.apply('And', [inRows, insideOf(builder, columns, sizeAt(x.shape, 3), [1, 2])])
}

/** Whether each pixel of an axis lies in a stretch: bool [batch, size], with axes of 1 put in. */
function insideOf(
  builder: GraphBuilder,
  { start, length }: Stretch,
  size: number,
  newAxes: readonly number[],
): TensorValue {
  const pixels = pixelPositions(builder, size)
  const begun = builder.apply('GreaterOrEqual', [pixels, start])
  const notOver = builder.apply('Less', [pixels, builder.apply('Add', [start, length])])
  return builder.apply('Unsqueeze', [builder.apply('And', [begun, notOver]), builder.integers(newAxes)])
}

import { channelAxis, sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../define-layer.ts'

/** How many channels or features a sample has. */
export function channelCount(shape: Shape): number {
  return sizeAt(shape, channelAxis(shape))
}

/** The shape in which one number per channel broadcasts over samples of `shape`: [channels, 1, 1] for images. */
export function channelBroadcast(shape: Shape): Shape {
  const axis = channelAxis(shape)
  return [channelCount(shape), ...shape.slice(axis + 1).map(() => 1)]
}

/** Refuses lists that hold neither one number nor one per channel. */
export function requirePerChannel(
  shape: Shape,
  parameter: string,
  what: string,
  values: readonly number[],
): ShapeRefusal | undefined {
  const channels = channelCount(shape)
  if (values.length === 1 || values.length === channels) return undefined
  return {
    code: 'layer.badParameter',
    expected: `expects its ${what} (${values.length} numbers) to hold one number, or one for each channel`,
    hint: `Give 1 or ${channels} numbers.`,
    parameter,
  }
}

/** A list that holds one number, or one per channel of samples of `shape`, as a constant that broadcasts over them. */
export function perChannel(
  builder: GraphBuilder,
  values: readonly number[],
  shape: Shape,
  name: string,
): TensorValue {
  const [only = 0] = values
  if (values.length === 1) return builder.scalar(only)
  return builder.constant('float32', channelBroadcast(shape), Float32Array.from(values), name)
}

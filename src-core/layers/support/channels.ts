import type { WeightSpec } from '../../compile/model-plan.ts'
import { channelAxis, sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import type { InitializerKind } from '../../training/initializers.ts'
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

/** The axis of a batched tensor that holds channels: after the batch in images and volumes, the last elsewhere. */
export function batchedChannelAxis(x: TensorValue): number {
  return 1 + channelAxis(x.shape.slice(1))
}

/** A weight with one number for each channel of a sample of this shape. */
export function perChannelWeight(
  name: string,
  shape: Shape,
  kind: InitializerKind,
  trainable = true,
): WeightSpec {
  const channels = sizeAt(shape, channelAxis(shape))
  return { name, shape: [channels], initializer: { kind, fanIn: channels, fanOut: channels }, trainable }
}

/** Gives a [channels] tensor the axes that let it broadcast along the channels of the batched `x`. */
export function alongChannels(builder: GraphBuilder, perChannel: TensorValue, x: TensorValue): TensorValue {
  const behind = x.shape.length - 1 - batchedChannelAxis(x)
  if (behind === 0) return perChannel
  return builder.apply('Reshape', [perChannel, builder.integers([-1, ...new Array<number>(behind).fill(1)])])
}

import type { WeightSpec } from '../../compile/model-plan.ts'
import { channelAxis, sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import type { InitializerKind } from '../../training/initializers.ts'

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

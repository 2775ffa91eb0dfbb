import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'

/** Blocks of `size` × `size` points, and the way that they are moved. */
export interface PixelBlocks {
  readonly size: number
  readonly direction: 'channels to places' | 'places to channels'
}

/**
 * Moves the points of blocks from channels to places, or back: channel c · size² + a · size + b is point (a, b) of each block
 * of channel c. `x` is [batch, channels, height, width], `output` the shape per sample.
 */
export function rearrangeBlocks(
  builder: GraphBuilder,
  x: TensorValue,
  output: Shape,
  { size, direction }: PixelBlocks,
): TensorValue {
  const [, channels = 1, height = 1, width = 1] = x.shape
  const [blocks, perm] =
    direction === 'channels to places'
      ? [
          [channels / size ** 2, size, size, height, width],
          [0, 1, 4, 2, 5, 3],
        ]
      : [
          [channels, height / size, size, width / size, size],
          [0, 1, 3, 5, 2, 4],
        ]
  const cut = builder.apply('Reshape', [x, builder.integers([0, ...blocks])])
  const moved = builder.apply('Transpose', [cut], { perm })
  return builder.apply('Reshape', [moved, builder.integers([0, ...output])])
}

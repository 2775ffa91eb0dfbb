import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'

/** keras.layers.UnitNormalization's: lengths below are treated as this, so that zeros stay zeros. */
const smallestLength = 1e-12

/** x / ‖x‖₂ along an axis of a batched tensor. */
export function unitLength(builder: GraphBuilder, x: TensorValue, axis: number): TensorValue {
  const length = builder.apply('ReduceL2', [x, builder.integers([axis])], { keepdims: 1 })
  return builder.apply('Div', [x, builder.apply('Max', [length, builder.scalar(smallestLength)])])
}

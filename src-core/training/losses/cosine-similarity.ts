import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { asRows, probabilityMargin, rowSum } from './head.ts'
import type { LossInputs } from './sample-losses.ts'

/** −Σ normalised prediction · normalised target: −1 where both point the same way. keras.losses.cosine_similarity. */
export function cosineSimilarityLoss(inputs: LossInputs): TensorValue {
  return inputs.builder.apply('Neg', [cosineSimilarity(inputs)])
}

/** The cosine of the angle between prediction and target, [batch, 1]; 0 where one of them is zero. */
export function cosineSimilarity({ builder, prediction, target }: LossInputs): TensorValue {
  const directions = [prediction, target].map((value) => unitLength(builder, asRows(builder, value)))
  return rowSum(builder, builder.apply('Mul', directions))
}

/** Every row divided by its length, or by 1e-7 where it is shorter than that, as keras.ops.normalize does. */
export function unitLength(builder: GraphBuilder, rows: TensorValue): TensorValue {
  const squares = rowSum(builder, builder.apply('Mul', [rows, rows]))
  const bounded = builder.apply('Max', [squares, builder.scalar(probabilityMargin ** 2)])
  return builder.apply('Div', [rows, builder.apply('Sqrt', [bounded])])
}

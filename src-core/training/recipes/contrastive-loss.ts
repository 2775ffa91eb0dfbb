import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { unitLength } from '../losses/cosine-similarity.ts'
import { asNumber, rowMean } from '../losses/head.ts'

/** Further than two points of length 1 can be apart, or less alike than they can be, by far. */
const beyond = 1e9

/** What is measured of the two views of a batch, [batch, 1] each. */
export interface ViewScores {
  readonly loss: TensorValue
  /** How many of a sample's views have its other view as their nearest embedding, as a share. */
  readonly found: TensorValue
}

/**
 * NT-Xent of the 2N embeddings of N samples: −log(exp(zᵢ·zⱼ / T) / Σ over k ≠ i of exp(zᵢ·zₖ / T)), where j is the other
 * view of i and embeddings are brought to length 1; a sample's loss is the mean of its two views'. Chen et al. 2020,
 * "A Simple Framework for Contrastive Learning of Visual Representations", equation 1 and algorithm 1.
 * Embeddings are [batch, size].
 */
export function contrastiveScores(
  builder: GraphBuilder,
  [one, other]: readonly [TensorValue, TensorValue],
  temperature: number,
): ViewScores {
  const [batch = 1] = one.shape
  const unit = unitLength(builder, builder.apply('Concat', [one, other], { axis: 0 }))
  const alike = builder.apply('MatMul', [unit, builder.apply('Transpose', [unit], { perm: [1, 0] })])
  const scaled = builder.apply('Mul', [alike, builder.scalar(1 / temperature)])
  const others = builder.apply('Where', [sameRow(builder, 2 * batch), builder.scalar(-beyond), scaled])
  const logarithms = builder.apply('LogSoftmax', [others], { axis: 1 })
  const partners = Array.from({ length: 2 * batch }, (_, row) => (row + batch) % (2 * batch))
  const partner = builder.constant(
    'int64',
    [2 * batch, 1],
    BigInt64Array.from(partners, (row) => BigInt(row)),
    'partners',
  )
  const ofPartner = builder.apply('GatherElements', [logarithms, partner], { axis: 1 })
  const nearest = builder.apply('ArgMax', [others], { axis: 1, keepdims: 1 })
  const isFound = asNumber(builder, builder.apply('Equal', [nearest, partner]))
  return {
    loss: builder.apply('Neg', [meanOfViews(builder, ofPartner, batch)]),
    found: meanOfViews(builder, isFound, batch),
  }
}

/** True on the diagonal, bool [rows, rows]. */
function sameRow(builder: GraphBuilder, rows: number): TensorValue {
  const ordinals = Int32Array.from({ length: rows }, (_, index) => index)
  return builder.apply('Equal', [
    builder.constant('int32', [rows, 1], ordinals, 'rows'),
    builder.constant('int32', [1, rows], ordinals, 'columns'),
  ])
}

/** [2 · batch, 1], first views before second ones, as [batch, 1]. */
function meanOfViews(builder: GraphBuilder, values: TensorValue, batch: number): TensorValue {
  const byView = builder.apply('Reshape', [values, builder.integers([2, batch])])
  return rowMean(builder, builder.apply('Transpose', [byView], { perm: [1, 0] }))
}

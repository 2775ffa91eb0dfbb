import type { GraphBuilder } from '../../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../../tensor-graph/types.ts'
import { keepMask } from '../keep-mask.ts'

/** Added to scores that do not count; −∞ would make NaN of a row in which nothing counts. */
const excluded = -1e9

export interface AttentionRules {
  readonly builder: GraphBuilder
  /** float32 [batch, key steps]: 0 where a key is padding. */
  readonly mask: TensorValue | undefined
  /** A step sees only itself and what comes before it. */
  readonly causal: boolean
  readonly training: boolean
  readonly dropout: number
  random(shape: Shape): TensorValue
}

/** softmax(scores) · value; scores are [batch, …, query steps, key steps], values [batch, …, key steps, features]. */
export function attend(rules: AttentionRules, scores: TensorValue, value: TensorValue): TensorValue {
  const { builder, training, dropout, random } = rules
  const shares = builder.apply('Softmax', [excludePadding(rules, excludeFuture(rules, scores))], { axis: -1 })
  const kept =
    training && dropout > 0
      ? builder.apply('Mul', [shares, keepMask(builder, random(shares.shape), dropout)])
      : shares
  return builder.apply('MatMul', [kept, value])
}

/** query · keyᵀ over the last axis. */
export function dotScores(builder: GraphBuilder, query: TensorValue, key: TensorValue): TensorValue {
  const axes = [...key.shape.keys()]
  const perm = [...axes.slice(0, -2), axes.length - 1, axes.length - 2]
  return builder.apply('MatMul', [query, builder.apply('Transpose', [key], { perm })])
}

function excludePadding({ builder, mask }: AttentionRules, scores: TensorValue): TensorValue {
  if (!mask) return scores
  const bias = builder.apply('Mul', [
    builder.apply('Sub', [mask, builder.scalar(1)]),
    builder.scalar(-excluded),
  ])
  const between = scores.shape.slice(1, -1).map(() => 1)
  const spread = builder.apply('Reshape', [bias, builder.integers([0, ...between, mask.shape[1] ?? 1])])
  return builder.apply('Add', [scores, spread])
}

function excludeFuture({ builder, causal }: AttentionRules, scores: TensorValue): TensorValue {
  if (!causal) return scores
  const [queries = 1, keys = 1] = scores.shape.slice(-2)
  const bias = Float32Array.from({ length: queries * keys }, (_, index) =>
    index % keys > Math.floor(index / keys) ? excluded : 0,
  )
  return builder.apply('Add', [scores, builder.constant('float32', [queries, keys], bias, 'future')])
}

import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type GraphNode, type TensorValue } from '../../tensor-graph/types.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs } from './sample-losses.ts'

const transparent = new Set(['Identity', 'Reshape', 'Flatten'])

/**
 * The scores of a head: the prediction itself where it is raw scores, else what one of `operators` made it from.
 * `undefined` when there are only probabilities.
 */
export function headScores(
  { builder, prediction }: LossInputs,
  { fromScores }: OutputLoss,
  operators: readonly string[],
): TensorValue | undefined {
  return fromScores ? prediction : scoresBefore(builder, prediction, operators)
}

/**
 * The scores that a head turns into probabilities with one of `operators`, or `undefined` when it does not end in such a
 * node over its last axis. Losses computed from scores neither overflow nor lose the gradient of a saturated head.
 */
function scoresBefore(
  builder: GraphBuilder,
  prediction: TensorValue,
  operators: readonly string[],
): TensorValue | undefined {
  const node = lastRealNode(builder, prediction)
  if (!node || !operators.includes(node.operator)) return undefined
  const [scores] = node.inputs
  if (!scores) return undefined
  const axis = node.attributes.axis ?? -1
  const overLast = node.operator === 'Sigmoid' || axis === -1 || axis === scores.shape.length - 1
  return overLast ? shapedLike(builder, scores, prediction) : undefined
}

function shapedLike(builder: GraphBuilder, value: TensorValue, { shape }: TensorValue): TensorValue {
  if (value.shape.join() === shape.join()) return value
  return builder.apply('Reshape', [value, builder.integers(shape)])
}

/** Walks back over nodes that only rename, or lay rows of the last axis out in another way. */
function lastRealNode(builder: GraphBuilder, value: TensorValue): GraphNode | undefined {
  const node = builder.producer(value)
  const [source] = node?.inputs ?? []
  if (!node || !source || !transparent.has(node.operator)) return node
  const sameRows = source.shape.at(-1) === value.shape.at(-1)
  return sameRows ? lastRealNode(builder, source) : node
}

/** Lays a batched tensor out as [batch, values per sample]. */
export function asRows(builder: GraphBuilder, value: TensorValue): TensorValue {
  if (value.shape.length === 2) return value
  const [batch = 1, ...sample] = value.shape
  return builder.apply('Reshape', [value, builder.integers([batch, elementCount(sample)])])
}

/** Mean over the second axis of [batch, width], as [batch, 1]. */
export function rowMean(builder: GraphBuilder, rows: TensorValue): TensorValue {
  if (rows.shape[1] === 1) return rows
  return builder.apply('ReduceMean', [rows, builder.integers([1])], { keepdims: 1 })
}

/** Sum over the second axis of [batch, width], as [batch, 1]. */
export function rowSum(builder: GraphBuilder, rows: TensorValue): TensorValue {
  if (rows.shape[1] === 1) return rows
  return builder.apply('ReduceSum', [rows, builder.integers([1])], { keepdims: 1 })
}

/** 1 where the condition holds, else 0, as float32. */
export function asNumber(builder: GraphBuilder, condition: TensorValue): TensorValue {
  return builder.apply('Cast', [condition], { to: float32Code })
}

/** ONNX's codes of element types, for Cast. */
export const float32Code = 1
export const int32Code = 6
export const int64Code = 7

/** Keras's `epsilon()`: how far clipped probabilities stay away from 0 and 1. */
export const probabilityMargin = 1e-7

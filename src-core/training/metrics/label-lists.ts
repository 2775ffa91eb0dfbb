import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { ctcSteps } from '../losses/ctc.ts'
import { asNumber, rowSum } from '../losses/head.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import type { LossInputs } from '../losses/sample-losses.ts'
import { type GreedySymbols, greedySymbols, stepColumns } from './greedy-decoding.ts'

/** More than any list can have errors. */
const tooMany = 1e9

/** 1 where the labels that are read are exactly those of the target, else 0, [batch, 1]. */
export function sequenceAccuracy(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder, target } = inputs
  const { steps } = ctcSteps(inputs.prediction)
  const [batch = 1, width = 1] = target.shape
  const { best, isLabel } = greedySymbols(inputs, loss)
  const place = builder.apply('CumSum', [
    isLabel,
    builder.constant('int64', [], BigInt64Array.of(1n), 'axis'),
  ])
  const isPlace = builder.apply('Equal', [
    builder.apply('Reshape', [place, builder.integers([batch, steps, 1])]),
    ordinals(builder, width, 1),
  ])
  const labels = builder.apply('Reshape', [
    builder.apply('Mul', [best, isLabel]),
    builder.integers([batch, 1, steps]),
  ])
  const read = builder.apply('MatMul', [labels, asNumber(builder, isPlace)])
  const list = builder.apply('Reshape', [read, builder.integers([batch, width])])
  const same = asNumber(builder, builder.apply('Equal', [list, target]))
  const allSame = builder.apply('ReduceMin', [same, builder.integers([1])], { keepdims: 1 })
  const asMany = builder.apply('Equal', [rowSum(builder, isLabel), lengths(builder, target)])
  return builder.apply('Mul', [allSame, asNumber(builder, asMany)])
}

/**
 * How many labels must be put in, left out or replaced to make the target of what is read (Levenshtein 1966), and how many
 * labels the target has, [batch, 2]. The label error rate (Graves et al. 2006, section 2.1) is the sum of the one by that of
 * the other.
 */
export function labelErrors(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder, target } = inputs
  const [batch = 1, width = 1] = target.shape
  const length = lengths(builder, target)
  const distances = editDistances(inputs, greedySymbols(inputs, loss))
  const isWhole = builder.apply('Equal', [
    builder.apply('Reshape', [length, builder.integers([batch, 1, 1])]),
    ordinals(builder, width + 1, 0),
  ])
  const chosen = builder.apply('Where', [isWhole, distances, builder.scalar(0)])
  const excess = builder.apply('ReduceSum', [chosen, builder.integers([2])], { keepdims: 0 })
  return builder.apply('Concat', [builder.apply('Add', [excess, length]), length], { axis: 1 })
}

/**
 * The distance of all that is read from the first 0, 1, 2, ... labels of the target, less their number, [batch, 1,
 * labels + 1]. One row of the usual table per step; the way along the row is the least of what lies before.
 */
function editDistances({ builder, prediction, target }: LossInputs, read: GreedySymbols): TensorValue {
  const { batch, steps } = ctcSteps(prediction)
  const columns = (target.shape[1] ?? 1) + 1
  const before = builder.integers(Array.from({ length: columns }, (_, at) => Math.max(0, at - 1)))
  const replacing = stepColumns(builder, replacements(builder, read.best, target), steps)
  const isLabel = stepColumns(builder, read.isLabel, steps)
  let state = builder.constant('float32', [batch, 1, columns], new Float32Array(batch * columns), 'noErrors')
  for (const [step, replaced] of replacing.entries()) {
    const added = builder.apply('Add', [state, builder.scalar(1)])
    const kept = builder.apply('Add', [builder.apply('Gather', [state, before], { axis: 2 }), replaced])
    const least = leastBefore(builder, builder.apply('Min', [added, kept]))
    const isRead = builder.apply('Greater', [isLabel[step] ?? state, builder.scalar(0.5)])
    const asRow = builder.apply('Reshape', [isRead, builder.integers([batch, 1, 1])])
    state = builder.apply('Where', [asRow, least, state])
  }
  return state
}

/** −1 where a label of the target is that of the step, 0 where it is another, [batch, steps, labels + 1]. */
function replacements(builder: GraphBuilder, best: TensorValue, target: TensorValue): TensorValue {
  const [batch = 1, steps = 1] = best.shape
  const isSame = builder.apply('Equal', [
    builder.apply('Reshape', [best, builder.integers([batch, steps, 1])]),
    builder.apply('Reshape', [target, builder.integers([batch, 1, target.shape[1] ?? 1])]),
  ])
  const change = builder.apply('Neg', [asNumber(builder, isSame)])
  return builder.apply('Pad', [change, builder.integers([0, 0, 1, 0, 0, 0]), builder.scalar(tooMany)])
}

/** The least of the values up to each of [batch, 1, n], [batch, 1, n]. */
function leastBefore(builder: GraphBuilder, values: TensorValue): TensorValue {
  const [batch = 1, , n = 1] = values.shape
  const later = Float32Array.from({ length: n * n }, (_, at) => (at % n > Math.floor(at / n) ? tooMany : 0))
  const bounded = builder.apply('Add', [
    builder.apply('Reshape', [values, builder.integers([batch, 1, 1, n])]),
    builder.constant('float32', [1, 1, n, n], later, 'later'),
  ])
  return builder.apply('ReduceMin', [bounded, builder.integers([3])], { keepdims: 0 })
}

/** How many labels each list has, float32 [batch, 1]. */
function lengths(builder: GraphBuilder, target: TensorValue): TensorValue {
  return rowSum(builder, asNumber(builder, builder.apply('Greater', [target, builder.scalar(0.5)])))
}

/** from, from + 1, ... as float32 [1, 1, count]. */
function ordinals(builder: GraphBuilder, count: number, from: number): TensorValue {
  const numbers = Float32Array.from({ length: count }, (_, index) => index + from)
  return builder.constant('float32', [1, 1, count], numbers, 'places')
}

import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { unitLength } from './cosine-similarity.ts'
import { asNumber, asRows, rowSum } from './head.ts'
import { defaultLossParameters } from './loss-parameters.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs } from './sample-losses.ts'

// These losses compare the samples of a batch with each other; a sample's target is its class. Embeddings are brought to
// length 1 first. A sample whose class no other sample of the batch has loses nothing.

/** Further than two points of length 1 can be apart, or less alike than they can be, by far. */
const beyond = 1e9

/** Triplets that are looked at together: they take 5 bytes each, and are faster while they stay in the cache. */
const mostTriplets = 2 ** 18

/**
 * −mean over the other samples of the class of log(exp(zᵢ·zₚ / T) / Σₐ exp(zᵢ·zₐ / T)), where a are all other samples of
 * the batch. Khosla et al. 2020, https://arxiv.org/abs/2004.11362, L_out; with two samples per class it is NT-Xent of
 * SimCLR.
 */
export function supervisedContrastive(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const { temperature } = { ...defaultLossParameters, ...loss.parameters }
  const { positive, self } = pairs(inputs)
  const scaled = builder.apply('Mul', [similarities(inputs), builder.scalar(1 / temperature)])
  const others = builder.apply('Where', [self, builder.scalar(-beyond), scaled])
  const logarithms = builder.apply('LogSoftmax', [others], { axis: 1 })
  const kept = builder.apply('Where', [positive, logarithms, builder.scalar(0)])
  return builder.apply('Neg', [meanOfPositives(builder, kept, positive)])
}

/**
 * Mean over the other samples p of the class of max(d(i, p) − d(i, n) + margin, 0), where d are squared distances and n
 * is the nearest sample of another class that is further away than p, or the furthest of all when none is. Schroff et al.
 * 2015, https://arxiv.org/abs/1503.03832. Takes time in proportion to batch³.
 */
export function tripletSemiHard(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const { margin } = { ...defaultLossParameters, ...loss.parameters }
  const { positive, negative } = pairs(inputs)
  const twice = builder.apply('Mul', [similarities(inputs), builder.scalar(-2)])
  const distances = builder.apply('Add', [twice, builder.scalar(2)])
  const chosen = builder.apply(
    'GatherElements',
    [distances, semiHardNegatives(builder, distances, negative)],
    {
      axis: 1,
    },
  )
  const short = builder.apply('Add', [builder.apply('Sub', [distances, chosen]), builder.scalar(margin)])
  const losses = builder.apply('Where', [positive, builder.apply('Relu', [short]), builder.scalar(0)])
  const hasNegative = builder.apply('Greater', [
    rowSum(builder, asNumber(builder, negative)),
    builder.scalar(0),
  ])
  const mean = meanOfPositives(builder, losses, positive)
  return builder.apply('Where', [hasNegative, mean, builder.scalar(0)])
}

/** For anchor i and positive p the index of the negative to compare with, int64 [batch, batch]. No gradient. */
function semiHardNegatives(
  builder: GraphBuilder,
  distances: TensorValue,
  negative: TensorValue,
): TensorValue {
  const [batch = 1] = distances.shape
  const anchors = Math.max(1, Math.floor(mostTriplets / batch ** 2))
  const parts = Array.from({ length: Math.ceil(batch / anchors) }, (_, part) => {
    const end = Math.min(batch, (part + 1) * anchors)
    const rows = (value: TensorValue) => rowsBetween(builder, value, part * anchors, end)
    return negativesOf(builder, rows(distances), rows(negative))
  })
  const [only] = parts
  return parts.length === 1 && only ? only : builder.apply('Concat', parts, { axis: 0 })
}

function rowsBetween(builder: GraphBuilder, value: TensorValue, from: number, to: number): TensorValue {
  if (from === 0 && to === value.shape[0]) return value
  return builder.apply('Slice', [value, ...[from, to, 0].map((number) => builder.integers([number]))])
}

/** The same for some anchors, [anchors, batch]: all of their triplets at once. */
function negativesOf(builder: GraphBuilder, distances: TensorValue, negative: TensorValue): TensorValue {
  const [anchors = 1, batch = 1] = distances.shape
  const perNegative = (value: TensorValue) =>
    builder.apply('Reshape', [value, builder.integers([anchors, 1, batch])])
  const perPositive = builder.apply('Reshape', [distances, builder.integers([anchors, batch, 1])])
  const further = builder.apply('Greater', [perNegative(distances), perPositive])
  const isSemiHard = builder.apply('And', [further, perNegative(negative)])
  const candidates = builder.apply('Where', [isSemiHard, perNegative(distances), builder.scalar(beyond)])
  const nearest = builder.apply('ArgMin', [candidates], { axis: 2, keepdims: 0 })
  const least = builder.apply('ReduceMin', [candidates, builder.integers([2])], { keepdims: 0 })
  const found = builder.apply('Less', [least, builder.scalar(beyond)])
  const apart = builder.apply('Where', [negative, distances, builder.scalar(-beyond)])
  const furthest = builder.apply('ArgMax', [apart], { axis: 1, keepdims: 1 })
  return builder.apply('Where', [found, nearest, furthest])
}

/** zᵢ · zⱼ of embeddings of length 1, [batch, batch]. */
function similarities({ builder, prediction }: LossInputs): TensorValue {
  const unit = unitLength(builder, asRows(builder, prediction))
  return builder.apply('MatMul', [unit, builder.apply('Transpose', [unit], { perm: [1, 0] })])
}

/** Which samples are the same, others of one class, and of different classes, bool [batch, batch]. */
function pairs({ builder, target }: LossInputs) {
  const [batch = 1] = target.shape
  const column = builder.apply('Reshape', [target, builder.integers([batch, 1])])
  const row = builder.apply('Reshape', [target, builder.integers([1, batch])])
  const alike = builder.apply('Equal', [column, row])
  const ordinals = Int32Array.from({ length: batch }, (_, index) => index)
  const self = builder.apply('Equal', [
    builder.constant('int32', [batch, 1], ordinals, 'rows'),
    builder.constant('int32', [1, batch], ordinals, 'columns'),
  ])
  const positive = builder.apply('And', [alike, builder.apply('Not', [self])])
  return { self, positive, negative: builder.apply('Not', [alike]) }
}

/** Σ of values over the positives of each sample, by their number; 0 where there are none. */
function meanOfPositives(builder: GraphBuilder, values: TensorValue, positive: TensorValue): TensorValue {
  const sum = builder.apply('ReduceSum', [values, builder.integers([1])], { keepdims: 1 })
  const count = builder.apply('ReduceSum', [asNumber(builder, positive), builder.integers([1])], {
    keepdims: 1,
  })
  return builder.apply('Div', [sum, builder.apply('Max', [count, builder.scalar(1)])])
}

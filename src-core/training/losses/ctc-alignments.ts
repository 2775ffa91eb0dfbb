import { sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { CtcSymbols } from './ctc-symbols.ts'
import { type CtcStates, ctcWalk, logSumExp, never } from './ctc-walk.ts'
import { asNumber, rowSum } from './head.ts'

/** All paths of labels through the steps of their samples. */
export interface CtcAlignments {
  /** Logarithm of the sum of their probabilities, float32 [batch, 1]; some very small number where there are none. */
  readonly logProbability: TensorValue
  /** Share of the paths that are at a symbol at a step, float32 [batch, steps, symbols]; 0 where there are none. */
  readonly posterior: TensorValue
  /** Whether there are any, bool [batch, 1]. */
  readonly isPossible: TensorValue
}

/** What is aligned: `emissions` are log p of every symbol at every step, [batch, steps, symbols]. */
interface Aligned extends CtcSymbols {
  readonly emissions: TensorValue
  /** 1 at steps that are data, float32 [batch, steps]. */
  readonly mask: TensorValue | undefined
}

/**
 * Forward and backward recursion over the steps (Graves et al. 2006, equations 5 to 11), both at once: backwards is
 * forwards with steps and symbols in reverse order, so that samples are stacked with their reverse. In logarithms,
 * relative to the likeliest symbol of each step, which keeps them small over long sequences.
 */
export function ctcAlignments(builder: GraphBuilder, aligned: Aligned): CtcAlignments {
  const { emissions, mask } = aligned
  const highest = builder.apply('ReduceMax', [emissions, builder.integers([2])], { keepdims: 1 })
  const relative = builder.apply('Sub', [emissions, highest])
  const states = walkBothWays(builder, { ...aligned, emissions: relative })
  const total = endSum(builder, states.last, aligned)
  const isPossible = builder.apply('Greater', [total, builder.scalar(never / 2)])
  const steps = builder.apply('Reshape', [highest, builder.integers(emissions.shape.slice(0, 2))])
  const highestSum = rowSum(builder, mask ? builder.apply('Mul', [steps, mask]) : steps)
  const joint = builder.apply('Softmax', [meetings(builder, states)], { axis: 2 })
  return {
    logProbability: builder.apply('Add', [total, highestSum]),
    posterior: builder.apply('Mul', [joint, countedSteps(builder, isPossible, mask)]),
    isPossible,
  }
}

function walkBothWays(builder: GraphBuilder, { emissions, symbols, length, mask }: Aligned): CtcStates {
  const [batch, width] = [sizeAt(symbols.shape, 0), sizeAt(symbols.shape, 1)]
  const withReverse = (value: TensorValue, ...axes: readonly number[]) =>
    builder.apply('Concat', [value, reversed(builder, value, axes)], { axis: 0 })
  // Backwards a walk begins at the last blank, behind which there are only symbols that stand for padding.
  const first = builder.constant('float32', [batch, 1], new Float32Array(batch), 'firstBlank')
  const lastBlank = builder.apply('Sub', [builder.scalar(width - 1), twice(builder, length)])
  const distance = fromSymbols(builder, builder.apply('Concat', [first, lastBlank], { axis: 0 }), width)
  return ctcWalk(builder, {
    emissions: withReverse(emissions, 1, 2),
    symbols: withReverse(symbols, 1),
    start: builder.apply('Reshape', [
      within(builder, distance, 0.5),
      builder.integers([2 * batch, 1, width]),
    ]),
    mask: mask && withReverse(mask, 1),
  })
}

/** log Σ of the walks that end at the last label or the blank behind it, [batch, 1]. */
function endSum(builder: GraphBuilder, last: TensorValue, { length, symbols }: Aligned): TensorValue {
  const width = sizeAt(symbols.shape, 1)
  const middle = builder.apply('Sub', [twice(builder, length), builder.scalar(0.5)])
  const isEnd = within(builder, fromSymbols(builder, middle, width), 1)
  const forwards = builder.apply('Reshape', [halves(builder, last)[0], builder.integers([-1, width])])
  return logSumExp(builder, builder.apply('Add', [forwards, isEnd]), 1)
}

/** log of what goes through each symbol at each step, [batch, steps, symbols]: what came before, and what follows. */
function meetings(builder: GraphBuilder, { before, after }: CtcStates): TensorValue {
  const [forwards] = halves(builder, before)
  const [, backwards] = halves(builder, after)
  return builder.apply('Add', [forwards, reversed(builder, backwards, [1, 2])])
}

/** 1 at the steps that have a gradient, [batch, steps or 1, 1]. */
function countedSteps(
  builder: GraphBuilder,
  isPossible: TensorValue,
  mask: TensorValue | undefined,
): TensorValue {
  const possible = asNumber(builder, isPossible)
  const counted = mask ? builder.apply('Mul', [possible, mask]) : possible
  return builder.apply('Reshape', [counted, builder.integers([...counted.shape, 1])])
}

/** How far each symbol is from a place among them, [n, symbols] from places [n, 1]. */
function fromSymbols(builder: GraphBuilder, places: TensorValue, width: number): TensorValue {
  const ordinals = Float32Array.from({ length: width }, (_, index) => index)
  const difference = builder.apply('Sub', [
    builder.constant('float32', [1, width], ordinals, 'places'),
    places,
  ])
  return builder.apply('Abs', [difference])
}

/** 0 where a distance is below the bound, else {@link never}. */
function within(builder: GraphBuilder, distance: TensorValue, bound: number): TensorValue {
  const isNear = builder.apply('Less', [distance, builder.scalar(bound)])
  return builder.apply('Where', [isNear, builder.scalar(0), builder.scalar(never)])
}

function twice(builder: GraphBuilder, value: TensorValue): TensorValue {
  return builder.apply('Mul', [value, builder.scalar(2)])
}

/** What belongs to samples, and to their reverse. */
function halves(builder: GraphBuilder, value: TensorValue): readonly [TensorValue, TensorValue] {
  const batch = sizeAt(value.shape, 0) / 2
  const from = (start: number) =>
    builder.apply('Slice', [value, ...[start, start + batch, 0].map((at) => builder.integers([at]))])
  return [from(0), from(batch)]
}

function reversed(builder: GraphBuilder, value: TensorValue, axes: readonly number[]): TensorValue {
  return axes.reduce((turned, axis) => {
    const size = sizeAt(value.shape, axis)
    const order = builder.integers(Array.from({ length: size }, (_, at) => size - 1 - at))
    return builder.apply('Gather', [turned, order], { axis })
  }, value)
}

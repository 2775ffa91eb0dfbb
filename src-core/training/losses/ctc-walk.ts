import { sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'

/** The logarithm of no probability: far below all others, and still a number, so that no difference of two is NaN. */
export const never = -1e30

/** What a walk through the symbols of labels is made of; `n` is the number of walks. */
export interface CtcWalk {
  /** log p of every symbol at every step, float32 [n, steps, symbols]. */
  readonly emissions: TensorValue
  /** Blank, first label, blank, ..., float32 [n, symbols]. */
  readonly symbols: TensorValue
  /** 0 where walks begin, before the first step, and {@link never} elsewhere, float32 [n, 1, symbols]. */
  readonly start: TensorValue
  /** 1 at steps that are data, float32 [n, steps]; a walk stands still at others. */
  readonly mask: TensorValue | undefined
}

/** Logarithms of the sums over all walks that are at a symbol, with what they emitted until then. */
export interface CtcStates {
  /** Without what is emitted at the step itself, float32 [n, steps, symbols]. */
  readonly before: TensorValue
  /** With it. */
  readonly after: TensorValue
  /** After all steps, float32 [n, 1, symbols]. */
  readonly last: TensorValue
}

/**
 * Goes through the steps: at each a walk stays at its symbol, goes on to the next one, or skips a blank between two
 * different labels. Graves et al. 2006, equations 6 and 7.
 */
export function ctcWalk(builder: GraphBuilder, { emissions, symbols, start, mask }: CtcWalk): CtcStates {
  const steps = sizeAt(emissions.shape, 1)
  const sources = sourcesOf(sizeAt(symbols.shape, 1))
  const origins = builder.constant(
    'int64',
    [3, sources.length / 3],
    BigInt64Array.from(sources, BigInt),
    'origins',
  )
  const allowed = transitions(builder, symbols)
  const counts = mask && stepsOf(builder, mask, steps)
  const before: TensorValue[] = []
  const after: TensorValue[] = []
  let state = start
  for (const [step, emission] of stepsOf(builder, emissions, steps).entries()) {
    const ways = builder.apply('Add', [builder.apply('Gather', [state, origins], { axis: 2 }), allowed])
    const arrived = builder.apply('Reshape', [logSumExp(builder, ways, 2), builder.integers(start.shape)])
    const emitted = builder.apply('Add', [arrived, emission])
    const count = counts?.[step]
    before.push(arrived)
    after.push(emitted)
    state = count ? builder.apply('Where', [isData(builder, count), emitted, state]) : emitted
  }
  const joined = (states: readonly TensorValue[]) =>
    steps === 1 ? (states[0] ?? start) : builder.apply('Concat', states, { axis: 1 })
  return { before: joined(before), after: joined(after), last: state }
}

/** log Σ exp over one axis, which stays with size 1. */
export function logSumExp(builder: GraphBuilder, values: TensorValue, axis: number): TensorValue {
  const axes = builder.integers([axis])
  // onnxruntime's ReduceLogSumExp overflows on WebGPU.
  const highest = builder.apply('ReduceMax', [values, axes], { keepdims: 1 })
  const powers = builder.apply('Exp', [builder.apply('Sub', [values, highest])])
  const sum = builder.apply('ReduceSum', [powers, axes], { keepdims: 1 })
  return builder.apply('Add', [builder.apply('Log', [sum]), highest])
}

/** Which symbol each symbol is reached from by staying, going on and skipping; any where there is none. */
function sourcesOf(width: number): number[] {
  return [0, 1, 2].flatMap((back) => Array.from({ length: width }, (_, at) => Math.max(0, at - back)))
}

/** 0 for every way that there is to a symbol and {@link never} for others, [n, 1, 3, symbols]. */
function transitions(builder: GraphBuilder, symbols: TensorValue): TensorValue {
  const [n, width] = [sizeAt(symbols.shape, 0), sizeAt(symbols.shape, 1)]
  const steps = [0, 1].flatMap((back) => Array.from({ length: width }, (_, at) => (at < back ? never : 0)))
  const two = builder.integers(Array.from({ length: width }, (_, at) => Math.max(0, at - 2)))
  const differs = builder.apply('Not', [
    builder.apply('Equal', [symbols, builder.apply('Gather', [symbols, two], { axis: 1 })]),
  ])
  const skips = builder.apply('And', [differs, builder.apply('Greater', [symbols, builder.scalar(0.5)])])
  const farther = Float32Array.from({ length: width }, (_, at) => (at < 2 ? never : 0))
  const skipped = builder.apply('Where', [
    skips,
    builder.constant('float32', [1, width], farther, 'skips'),
    builder.scalar(never),
  ])
  return builder.apply(
    'Concat',
    [
      builder.constant(
        'float32',
        [n, 1, 2, width],
        Float32Array.from({ length: n * steps.length }, (_, at) => steps[at % steps.length] ?? 0),
        'moves',
      ),
      builder.apply('Reshape', [skipped, builder.integers([n, 1, 1, width])]),
    ],
    { axis: 2 },
  )
}

/** The parts of axis 1, which keep it with size 1. */
function stepsOf(builder: GraphBuilder, value: TensorValue, steps: number): TensorValue[] {
  if (steps === 1) return [value]
  const sizes = builder.integers(new Array<number>(steps).fill(1))
  return builder.applyMany('Split', [value, sizes], { axis: 1 }, steps)
}

/** [n, 1] of 0 and 1 as bool [n, 1, 1]. */
function isData(builder: GraphBuilder, count: TensorValue): TensorValue {
  const condition = builder.apply('Greater', [count, builder.scalar(0.5)])
  return builder.apply('Reshape', [condition, builder.integers([-1, 1, 1])])
}

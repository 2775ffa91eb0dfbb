import type { Attributes, Shape } from '../../../../src-core/tensor-graph/types.ts'
import {
  at,
  build,
  number,
  numbers,
  positiveAxis,
  type ReferenceFamily,
  type ReferenceOperator,
  type ReferenceTensor,
  required,
  unravel,
} from '../tensor.ts'

function axesOf(x: ReferenceTensor, given: readonly number[] | undefined, attributes: Attributes): number[] {
  if (given?.length) return given.map((axis) => positiveAxis(axis, x.shape.length))
  return number(attributes, 'noop_with_empty_axes', 0) ? [] : [...x.shape.keys()]
}

function resultShape(shape: Shape, axes: readonly number[], attributes: Attributes): number[] {
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  return number(attributes, 'keepdims', 1) ? kept : kept.filter((_, axis) => !axes.includes(axis))
}

/** Collects the elements that fall together, then folds each collection. */
function reduce(fold: (values: readonly number[]) => number): ReferenceOperator {
  return (inputs, attributes) => {
    const x = required(inputs, 0)
    const axes = axesOf(x, numbers(inputs[1]), attributes)
    const groups = new Map<string, number[]>()
    for (const [flat, value] of x.data.entries()) {
      const key = unravel(flat, x.shape)
        .map((position, axis) => (axes.includes(axis) ? 0 : position))
        .join()
      const group = groups.get(key)
      if (group) group.push(value)
      else groups.set(key, [value])
    }
    const data = Float64Array.from([...groups.values()], fold)
    return [{ dtype: x.dtype, shape: resultShape(x.shape, axes, attributes), data }]
  }
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values)
  return largest + Math.log(sum(values.map((value) => Math.exp(value - largest))))
}

function argument(better: (candidate: number, best: number) => boolean): ReferenceOperator {
  return (inputs, attributes) => {
    const x = required(inputs, 0)
    const axis = positiveAxis(number(attributes, 'axis', 0), x.shape.length)
    const last = number(attributes, 'select_last_index', 0) === 1
    const kept = build('int64', x.shape.with(axis, 1), (index) => {
      let best = 0
      for (let position = 1; position < (x.shape[axis] ?? 1); position++) {
        const candidate = at(x, index.with(axis, position))
        const known = at(x, index.with(axis, best))
        if (better(candidate, known) || (last && candidate === known)) best = position
      }
      return best
    })
    return [{ ...kept, shape: resultShape(x.shape, [axis], attributes) }]
  }
}

const cumulativeSum: ReferenceOperator = (inputs, attributes) => {
  const x = required(inputs, 0)
  const axis = positiveAxis(numbers(inputs[1])?.[0] ?? 0, x.shape.length)
  const exclusive = number(attributes, 'exclusive', 0) === 1
  const reverse = number(attributes, 'reverse', 0) === 1
  return [
    build(x.dtype, x.shape, (index) => {
      let total = 0
      for (let position = 0; position < (x.shape[axis] ?? 1); position++) {
        const own = index[axis] ?? 0
        const before = reverse ? position > own : position < own
        if (before || (!exclusive && position === own)) total += at(x, index.with(axis, position))
      }
      return total
    }),
  ]
}

/** Exponentials along one axis, shifted by its maximum. */
function softmax(finish: (shifted: number, total: number) => number): ReferenceOperator {
  return (inputs, attributes) => {
    const x = required(inputs, 0)
    const axis = positiveAxis(number(attributes, 'axis', -1), x.shape.length)
    return [
      build(x.dtype, x.shape, (index) => {
        const row = Array.from({ length: x.shape[axis] ?? 1 }, (_, position) =>
          at(x, index.with(axis, position)),
        )
        const largest = Math.max(...row)
        return finish(at(x, index) - largest, sum(row.map((value) => Math.exp(value - largest))))
      }),
    ]
  }
}

export const reductionReference: ReferenceFamily = {
  ReduceSum: reduce(sum),
  ReduceMean: reduce((values) => sum(values) / values.length),
  ReduceMax: reduce((values) => Math.max(...values)),
  ReduceMin: reduce((values) => Math.min(...values)),
  ReduceSumSquare: reduce((values) => sum(values.map((value) => value * value))),
  ReduceL1: reduce((values) => sum(values.map(Math.abs))),
  ReduceL2: reduce((values) => Math.sqrt(sum(values.map((value) => value * value)))),
  ReduceLogSumExp: reduce(logSumExp),
  ArgMax: argument((candidate, best) => candidate > best),
  ArgMin: argument((candidate, best) => candidate < best),
  CumSum: cumulativeSum,
  Softmax: softmax((shifted, total) => Math.exp(shifted) / total),
  LogSoftmax: softmax((shifted, total) => shifted - Math.log(total)),
}

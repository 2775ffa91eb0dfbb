import type { Shape } from '../../../../src-core/tensor-graph/types.ts'
import {
  atBroadcast,
  broadcastShape,
  build,
  count,
  type ReferenceFamily,
  type ReferenceOperator,
  type ReferenceTensor,
  required,
  unravel,
} from '../tensor.ts'

/** Reads elements of an operand by their place in the result; quickly where nothing is broadcast, or only one number. */
function reader(operand: ReferenceTensor, shape: Shape): (flat: number) => number {
  const { data } = operand
  if (data.length === count(shape)) return (flat) => data[flat] ?? Number.NaN
  if (data.length === 1) return () => data[0] ?? Number.NaN
  return (flat) => atBroadcast(operand, unravel(flat, shape))
}

/** Folds two or more tensors, broadcast to each other. */
function fold(combine: (a: number, b: number, dtype: string) => number): ReferenceOperator {
  return (inputs) => {
    const operands = inputs.map((_, index) => required(inputs, index))
    const first = required(inputs, 0)
    const shape = broadcastShape(...operands.map((operand) => operand.shape))
    const readers = operands.map((operand) => reader(operand, shape))
    const data = Float64Array.from({ length: count(shape) }, (_, flat) =>
      readers.map((read) => read(flat)).reduce((a, b) => combine(a, b, first.dtype)),
    )
    return [{ dtype: first.dtype, shape, data }]
  }
}

function mean(inputs: readonly (ReferenceTensor | undefined)[]): readonly ReferenceTensor[] {
  const operands = inputs.map((_, index) => required(inputs, index))
  const shape = broadcastShape(...operands.map((operand) => operand.shape))
  return [
    build(operands[0]?.dtype ?? 'float32', shape, (index) => {
      let total = 0
      for (const operand of operands) total += atBroadcast(operand, index)
      return total / operands.length
    }),
  ]
}

function compare(holds: (a: number, b: number) => boolean): ReferenceOperator {
  return (inputs) => {
    const [a, b] = [required(inputs, 0), required(inputs, 1)]
    return [
      build('bool', broadcastShape(a.shape, b.shape), (index) =>
        holds(atBroadcast(a, index), atBroadcast(b, index)) ? 1 : 0,
      ),
    ]
  }
}

const where: ReferenceOperator = (inputs) => {
  const [condition, chosen, other] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)]
  return [
    build(chosen.dtype, broadcastShape(condition.shape, chosen.shape, other.shape), (index) =>
      atBroadcast(condition, index) ? atBroadcast(chosen, index) : atBroadcast(other, index),
    ),
  ]
}

export const elementwiseReference: ReferenceFamily = {
  Add: fold((a, b) => a + b),
  Sub: fold((a, b) => a - b),
  Mul: fold((a, b) => a * b),
  Div: fold((a, b, dtype) => (dtype.startsWith('float') ? a / b : Math.trunc(a / b))),
  Pow: fold((a, b) => a ** b),
  Min: fold((a, b) => Math.min(a, b)),
  Max: fold((a, b) => Math.max(a, b)),
  Sum: fold((a, b) => a + b),
  Mean: mean,
  Equal: compare((a, b) => a === b),
  Greater: compare((a, b) => a > b),
  GreaterOrEqual: compare((a, b) => a >= b),
  Less: compare((a, b) => a < b),
  LessOrEqual: compare((a, b) => a <= b),
  And: compare((a, b) => a !== 0 && b !== 0),
  Or: compare((a, b) => a !== 0 || b !== 0),
  Xor: compare((a, b) => (a !== 0) !== (b !== 0)),
  Where: where,
}

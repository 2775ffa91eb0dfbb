import type { TensorValue } from '../../../tensor-graph/types.ts'
import { type CellContext, type CellState, splitColumns } from './cell.ts'

/**
 * All outputs [steps, 1, batch, units], in the order of the steps, and the state at the end, [1, batch, units] each: first
 * the output that was computed last.
 */
export interface WholeSequence {
  readonly all: TensorValue
  readonly last: TensorValue
  readonly state: CellState
}

/** A recurrent operator of ONNX, and how a layer's weights become its own. */
export interface WholeOperator {
  readonly operator: 'LSTM' | 'GRU'
  readonly attributes?: Readonly<Record<string, number>>
  readonly units: number
  readonly goBackwards: boolean
  /** ONNX's blocks of columns, as places among Keras's. */
  readonly order: readonly number[]
  readonly useBias: boolean
  /** The state to begin with, [batch, units] each; zero when absent. */
  readonly initial?: CellState | undefined
}

/**
 * The sequence [steps, batch, features] through ONNX's operator, which engines run as one kernel. A bias of one row is that
 * of the input's product; one of two rows holds that of the recurrent product, too.
 */
export function wholeSequence(
  { builder, weight }: CellContext,
  x: TensorValue,
  { operator, attributes = {}, units, goBackwards, order, useBias, initial }: WholeOperator,
): WholeSequence {
  const columns = order.length * units
  const reordered = (value: TensorValue) => {
    if (order.every((place, index) => place === index)) return value
    const parts = splitColumns(builder, value, new Array<number>(order.length).fill(units))
    const moved = order.map((place) => parts[place] ?? value)
    return builder.apply('Concat', moved, { axis: value.shape.length - 1 })
  }
  const rows = (name: string) => {
    const matrix = builder.apply('Transpose', [reordered(weight(name))], { perm: [1, 0] })
    return builder.apply('Unsqueeze', [matrix, builder.integers([0])])
  }
  const bias = () => {
    const own = reordered(weight('bias'))
    if (own.shape.length > 1) return builder.apply('Reshape', [own, builder.integers([1, 2 * columns])])
    // The second half is a bias of the recurrent product, which Keras does not have here.
    const both = builder.apply('Pad', [own, builder.integers([0, columns])])
    return builder.apply('Unsqueeze', [both, builder.integers([0])])
  }
  const states = initial?.map((state) => builder.apply('Unsqueeze', [state, builder.integers([0])]))
  const operands = [
    x,
    rows('kernel'),
    rows('recurrentKernel'),
    ...(useBias || states ? [useBias ? bias() : undefined] : []),
    // Between the bias and the states ONNX takes the lengths of sequences.
    ...(states ? [undefined, ...states] : []),
  ]
  const direction = goBackwards ? 'reverse' : 'forward'
  const [all, last, ...others] = builder.applyMany(
    operator,
    operands,
    { hidden_size: units, direction, ...attributes },
    1 + Math.max(1, initial?.length ?? 0),
  )
  if (!all || !last) throw new Error(`${operator} has two outputs`)
  return { all, last, state: [last, ...others] }
}

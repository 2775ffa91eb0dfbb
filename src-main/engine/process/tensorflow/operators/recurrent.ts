import type { Tensor } from '@tensorflow/tfjs'
import { initialStates } from '../../../../../src-core/tensor-graph/operators/recurrent.ts'
import type {
  Operands,
  OperatorNode,
  TensorflowOperator,
  TensorflowOperatorFamily,
} from '../operator-node.ts'

/** What both operators read the same way. */
function sequenceOf(node: OperatorNode, gates: number) {
  if ([4, 7].some((index) => node.has(index))) {
    return node.fail('lengths and peepholes are not supported by the TensorFlow engine')
  }
  const direction = node.text('direction', 'forward')
  if (direction !== 'forward' && direction !== 'reverse') {
    return node.fail(`direction ${direction} is not supported by the TensorFlow engine`)
  }
  const { tf } = node
  const [steps, batch, features] = [node.size(0, 0), node.size(0, 1), node.size(0, 2)]
  const units = node.number('hidden_size', 0)
  const columns = gates * units
  const inOrder = <T>(values: readonly T[]) => (direction === 'forward' ? [...values] : values.toReversed())
  return {
    units,
    columns,
    inOrder,
    recurrentKernel: (x: Operands) => tf.reshape(x(2), [columns, units]),
    /** x · Wᵀ + bias for every step, in the order in which the cell goes; [batch, columns] each. */
    inputSums: (x: Operands, bias: Tensor | undefined) => {
      const kernel = tf.reshape(x(1), [columns, features])
      const products = tf.matMul(tf.reshape(x(0), [steps * batch, features]), kernel, false, true)
      const sums = bias ? tf.add(products, bias) : products
      return inOrder(tf.unstack(tf.reshape(sums, [steps, batch, columns])))
    },
    all: (outputs: readonly Tensor[]) =>
      tf.reshape(tf.stack([...inOrder(outputs)]), [steps, 1, batch, units]),
    last: (value: Tensor) => tf.reshape(value, [1, batch, units]),
    /** An initial state as [batch, units], where there is one. */
    initial: (x: Operands, index: number) =>
      node.has(index) ? tf.reshape(x(index), [batch, units]) : undefined,
  }
}

/**
 * One direction, time first, no peepholes or lengths: x [steps, batch, features], kernel [1, 4 · units, features],
 * recurrent kernel [1, 4 · units, units], bias [1, 8 · units], initial output and cell [1, batch, units]; gates i, o, f, c.
 * Outputs: every output [steps, 1, batch, units], the last output and the last cell [1, batch, units].
 */
const lstm: TensorflowOperator = (node) => {
  const sequence = sequenceOf(node, 4)
  const { units } = sequence
  return (x) => {
    const bias = node.has(3) ? joinedBias(node, x(3), units) : undefined
    const sums = sequence.inputSums(x, bias)
    const { outputs, output, cell } = runCells(node, sums, sequence.recurrentKernel(x), units, {
      output: sequence.initial(x, initialStates.output),
      cell: sequence.initial(x, initialStates.cell),
    })
    return [sequence.all(outputs), sequence.last(output), sequence.last(cell)].slice(0, node.outputCount)
  }
}

/**
 * The same with kernel [1, 3 · units, features], recurrent kernel [1, 3 · units, units], bias [1, 6 · units]; gates z, r, h.
 * The reset gate follows the recurrent product and its bias (linear_before_reset).
 */
const gru: TensorflowOperator = (node) => {
  const { tf } = node
  const sequence = sequenceOf(node, 3)
  const { units, columns } = sequence
  if (node.number('linear_before_reset', 0) !== 1) return node.fail('linear_before_reset must be 1')
  const part = (value: Tensor, first: number, count: number) =>
    tf.slice(value, [0, first * units], [-1, count * units])
  return (x) => {
    const recurrent = sequence.recurrentKernel(x)
    const half = (index: number) => tf.slice(tf.reshape(x(3), [2, columns]), [index, 0], [1, -1])
    const recurrentBias = node.has(3) ? half(1) : tf.zeros([1, columns])
    const sums = sequence.inputSums(x, node.has(3) ? half(0) : undefined)
    let output = sequence.initial(x, initialStates.output) ?? tf.zerosLike(part(sums[0] ?? x(0), 0, 1))
    const outputs = sums.map((sum) => {
      const fromState = tf.add(tf.matMul(output, recurrent, false, true), recurrentBias)
      const gates = tf.sigmoid(tf.add(part(sum, 0, 2), part(fromState, 0, 2)))
      const [update, reset] = [part(gates, 0, 1), part(gates, 1, 1)]
      const candidate = tf.tanh(tf.add(part(sum, 2, 1), tf.mul(reset, part(fromState, 2, 1))))
      output = tf.add(candidate, tf.mul(update, tf.sub(output, candidate)))
      return output
    })
    return [sequence.all(outputs), sequence.last(output)].slice(0, node.outputCount)
  }
}

/** ONNX has a bias for the input's products and one for the recurrent ones: only their sum counts. */
function joinedBias({ tf }: OperatorNode, bias: Tensor, units: number): Tensor {
  return tf.sum(tf.reshape(bias, [2, 4 * units]), 0)
}

interface LstmState {
  readonly output: Tensor | undefined
  readonly cell: Tensor | undefined
}

function runCells(
  { tf }: OperatorNode,
  sums: readonly Tensor[],
  recurrent: Tensor,
  units: number,
  initial: LstmState,
) {
  const outputs: Tensor[] = []
  let { output, cell } = initial
  for (const fromInput of sums) {
    const gates: Tensor = output ? tf.add(fromInput, tf.matMul(output, recurrent, false, true)) : fromInput
    const part = (index: number) => tf.slice(gates, [0, index * units], [-1, units])
    const fresh = tf.mul(tf.sigmoid(part(0)), tf.tanh(part(3)))
    cell = cell ? tf.add(tf.mul(tf.sigmoid(part(2)), cell), fresh) : fresh
    output = tf.mul(tf.sigmoid(part(1)), tf.tanh(cell))
    outputs.push(output)
  }
  if (!output || !cell) throw new Error('an LSTM needs at least one step')
  return { outputs, output, cell }
}

export const recurrentOperators: TensorflowOperatorFamily = { LSTM: lstm, GRU: gru }

import type { Tensor } from '@tensorflow/tfjs'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

/**
 * One direction, time first, no peepholes, lengths or initial state: x [steps, batch, features], kernel
 * [1, 4 · units, features], recurrent kernel [1, 4 · units, units], bias [1, 8 · units]; gates i, o, f, c.
 * Outputs: every output [steps, 1, batch, units], the last output and the last cell [1, batch, units].
 */
const lstm: TensorflowOperator = (node) => {
  const { tf } = node
  if (node.inputs.slice(4).some((input) => input !== undefined)) {
    return node.fail('lengths, initial states and peepholes are not supported by the TensorFlow engine')
  }
  const direction = node.text('direction', 'forward')
  if (direction !== 'forward' && direction !== 'reverse') {
    return node.fail(`direction ${direction} is not supported by the TensorFlow engine`)
  }
  const [steps, batch, features] = [node.size(0, 0), node.size(0, 1), node.size(0, 2)]
  const units = node.number('hidden_size', 0)
  return (x) => {
    const kernel = tf.reshape(x(1), [4 * units, features])
    const recurrent = tf.reshape(x(2), [4 * units, units])
    const products = tf.matMul(tf.reshape(x(0), [steps * batch, features]), kernel, false, true)
    const sums = node.has(3) ? tf.add(products, joinedBias(node, x(3), units)) : products
    const bySteps = tf.unstack(tf.reshape(sums, [steps, batch, 4 * units]))
    const order = direction === 'forward' ? bySteps : bySteps.toReversed()
    const { outputs, output, cell } = runCells(node, order, recurrent, units)
    const all = tf.stack(direction === 'forward' ? outputs : outputs.toReversed())
    const last = [1, batch, units]
    return [
      tf.reshape(all, [steps, 1, batch, units]),
      tf.reshape(output, last),
      tf.reshape(cell, last),
    ].slice(0, node.outputCount)
  }
}

/** ONNX has a bias for the input's products and one for the recurrent ones: only their sum counts. */
function joinedBias({ tf }: OperatorNode, bias: Tensor, units: number): Tensor {
  return tf.sum(tf.reshape(bias, [2, 4 * units]), 0)
}

function runCells({ tf }: OperatorNode, sums: readonly Tensor[], recurrent: Tensor, units: number) {
  const outputs: Tensor[] = []
  let output: Tensor | undefined
  let cell: Tensor | undefined
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

export const recurrentOperators: TensorflowOperatorFamily = { LSTM: lstm }

import { poolingWindow } from '../../tensor-graph/operators/pooling.ts'
import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode } from '../vector-jacobian.ts'
import { AdjoiningWindows } from './adjoining-windows.ts'

/**
 * The gradient goes to the maximum of each window. Elements that tie share it: equally where windows lie side by
 * side, all to the first where they do not.
 *
 * Behind a Relu the gradient is masked while it is still small (pooled) and goes straight to the Relu's input: a
 * positive maximum of relu(x) is the maximum of x, and the other elements of the window get nothing anyway.
 */
export function maxPool(node: BackwardNode): void {
  if (node.node.outputs[1] && node.hasGradient(1)) node.call.fail('indices have no gradient')
  const relu = node.builder.producer(node.input(0))
  const [beforeRelu] = relu?.operator === 'Relu' ? relu.inputs : []
  if (!beforeRelu || node.isRequested(0)) {
    node.contribute(0, () => spread(node, node.gradient()))
    return
  }
  if (!node.needsValue(beforeRelu)) return
  const masked = node.arithmetic.multiply(node.gradient(), node.arithmetic.positive(node.output()))
  node.contributeTo(beforeRelu, spread(node, masked))
}

function spread(node: BackwardNode, gradient: TensorValue): TensorValue {
  const windows = AdjoiningWindows.of(node, poolingWindow(node.call))
  return windows ? spreadOver(node, windows, gradient) : spreadByIndices(node, gradient)
}

function spreadOver(node: BackwardNode, windows: AdjoiningWindows, gradient: TensorValue): TensorValue {
  const { arithmetic, builder } = node
  const maxima = windows.repeat(windows.pooledMatrix(node.output()))
  // "≥" stands for "=", which takes twice the time.
  const isMaximum = arithmetic.toFloat(windows.compare('GreaterOrEqual', maxima))
  const share = builder.apply('Div', [windows.pooledMatrix(gradient), windows.sum(isMaximum)])
  return windows.toInput(builder.apply('Mul', [isMaximum, windows.repeat(share)]))
}

/** For windows of any kind: gradients are added at the indices that MaxPool itself reports. */
function spreadByIndices(node: BackwardNode, gradient: TensorValue): TensorValue {
  const { arithmetic, builder } = node
  const indices =
    node.node.outputs[1] ?? builder.applyMany('MaxPool', [node.input(0)], node.node.attributes, 2)[1]
  if (!indices) return node.call.fail('has no indices')
  const count = elementCount(gradient.shape)
  const { shape } = node.input(0)
  const sums = builder.apply(
    'ScatterElements',
    [
      arithmetic.filled([elementCount(shape)], 0),
      arithmetic.reshape(indices, [count]),
      arithmetic.reshape(gradient, [count]),
    ],
    { reduction: 'add' },
  )
  return arithmetic.reshape(sums, shape)
}

import { poolingWindow } from '../../tensor-graph/operators/pooling.ts'
import type { WindowAxis } from '../../tensor-graph/operators/window.ts'
import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode } from '../vector-jacobian.ts'
import { unreached } from './convolution-geometry.ts'

/** Beyond this many windows per row the 0/1 matrices of the fast form would multiply mostly zeros. */
const widestRow = 64

/**
 * The gradient goes to the maximum of each window. Elements that tie share it: equally in the fast form (windows
 * side by side), all to the first in the general one.
 *
 * Behind a Relu the gradient is masked while it is still small (pooled) and goes straight to the Relu's input: a
 * positive maximum of relu(x) is the maximum of x, and the other elements of the window get nothing anyway.
 */
export function maxPool(node: BackwardNode): void {
  if (node.node.outputs[1] && node.hasGradient(1)) node.call.fail('indices have no gradient')
  const window = poolingWindow(node.call)
  const relu = node.builder.producer(node.input(0))
  const [beforeRelu] = relu?.operator === 'Relu' ? relu.inputs : []
  if (!beforeRelu) {
    node.contribute(0, () => spread(node, window, node.gradient()))
    return
  }
  if (!node.needsValue(beforeRelu)) return
  const masked = node.arithmetic.multiply(node.gradient(), node.arithmetic.positive(node.output()))
  node.contributeTo(beforeRelu, spread(node, window, masked))
}

function spread(node: BackwardNode, window: readonly WindowAxis[], gradient: TensorValue): TensorValue {
  const [rows, columns] = window
  const sideBySide = window.every(
    (axis) =>
      axis.stride === axis.kernel &&
      axis.dilation === 1 &&
      axis.padBegin === 0 &&
      axis.padEnd === 0 &&
      unreached(axis) >= 0,
  )
  if (rows && columns && window.length === 2 && sideBySide && columns.output <= widestRow) {
    return spreadByMatrices(node, rows, columns, gradient)
  }
  return spreadByIndices(node, gradient)
}

/**
 * Repeats maxima and gradients over their windows by products with 0/1 matrices (exact, and threaded, unlike
 * Resize or broadcasting along the innermost axis): [rows of windows, windows] · [windows, kernel rows · width].
 */
function spreadByMatrices(
  node: BackwardNode,
  rows: WindowAxis,
  columns: WindowAxis,
  gradient: TensorValue,
): TensorValue {
  const { arithmetic, builder } = node
  const x = cropRows(node, rows)
  const [batch = 1, channels = 1] = x.shape
  const windowRows = batch * channels * rows.output
  const wide = [windowRows, rows.kernel * columns.input]
  const narrow = [windowRows, columns.output]
  const membership = windowMembership(rows.kernel, columns)
  const repeat = builder.constant(
    'float32',
    [columns.output, rows.kernel * columns.input],
    membership,
    'windows',
  )
  const collect = builder.constant(
    'float32',
    [rows.kernel * columns.input, columns.output],
    transposeData(membership, columns.output),
    'windowsTransposed',
  )
  const maxima = builder.apply('MatMul', [arithmetic.reshape(node.output(), narrow), repeat])
  // "≥" stands for "=", which takes twice the time.
  const isMaximum = arithmetic.toFloat(builder.apply('GreaterOrEqual', [arithmetic.reshape(x, wide), maxima]))
  const ties = builder.apply('MatMul', [isMaximum, collect])
  const share = builder.apply('Div', [arithmetic.reshape(gradient, narrow), ties])
  const result = builder.apply('Mul', [isMaximum, builder.apply('MatMul', [share, repeat])])
  return restoreRows(node, arithmetic.reshape(result, x.shape))
}

/** Row w of the matrix has ones at the elements of window w, for each of the kernel's rows. */
function windowMembership(kernelRows: number, columns: WindowAxis): Float32Array {
  const width = kernelRows * columns.input
  const data = new Float32Array(columns.output * width)
  for (let window = 0; window < columns.output; window++) {
    for (let row = 0; row < kernelRows; row++) {
      const start = window * width + row * columns.input + window * columns.stride
      data.fill(1, start, start + columns.kernel)
    }
  }
  return data
}

function transposeData(data: Float32Array, rows: number): Float32Array {
  const columns = data.length / rows
  return Float32Array.from(data, (_, index) => data[(index % rows) * columns + Math.floor(index / rows)] ?? 0)
}

/** Leaves out rows at the bottom that no window reaches. Columns may stay: their part of the matrices is 0. */
function cropRows(node: BackwardNode, rows: WindowAxis): TensorValue {
  const x = node.input(0)
  const covered = rows.output * rows.kernel
  if (covered === rows.input) return x
  const { builder } = node
  return builder.apply('Slice', [
    x,
    builder.integers([0]),
    builder.integers([covered]),
    builder.integers([2]),
  ])
}

function restoreRows(node: BackwardNode, gradient: TensorValue): TensorValue {
  const missing = (node.input(0).shape[2] ?? 0) - (gradient.shape[2] ?? 0)
  if (missing === 0) return gradient
  return node.builder.apply('Pad', [gradient, node.builder.integers([0, 0, 0, 0, 0, 0, missing, 0])])
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

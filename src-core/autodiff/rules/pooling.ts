import { poolingWindow } from '../../tensor-graph/operators/pooling.ts'
import type { WindowAxis } from '../../tensor-graph/operators/window.ts'
import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'
import { AdjoiningWindows } from './adjoining-windows.ts'
import { spatial, unreached, windowAttributes } from './convolution-geometry.ts'
import { maxPool } from './max-pooling.ts'

/** How many elements each window averages, as a constant over the output's spatial shape. */
function windowCounts(window: readonly WindowAxis[], includePads: boolean): Float32Array {
  const alongAxes = window.map((axis) =>
    Array.from({ length: axis.output }, (_, index) => countAt(axis, index, includePads)),
  )
  const counts = alongAxes.reduce<number[]>(
    (outer, along) => outer.flatMap((count) => along.map((size) => count * size)),
    [1],
  )
  return Float32Array.from(counts)
}

/** Elements of one window along one axis. What ceil_mode adds beyond the pads never counts. */
function countAt(axis: WindowAxis, index: number, includePads: boolean): number {
  const start = index * axis.stride - axis.padBegin
  const [low, high] = includePads ? [-axis.padBegin, axis.input + axis.padEnd] : [0, axis.input]
  let count = 0
  for (let step = 0; step < axis.kernel; step++) {
    const position = start + step * axis.dilation
    if (position >= low && position < high) count++
  }
  return count
}

/** Every window spreads its gradient / count evenly. */
function averagePool(node: BackwardNode): void {
  const window = poolingWindow(node.call)
  node.contribute(0, () => {
    const windows = AdjoiningWindows.of(node, window)
    if (!windows) return spreadByConvolution(node, window)
    const count = elementCount(window.map((axis) => axis.kernel))
    return windows.toInput(windows.repeat(windows.pooledMatrix(node.gradient()), 1 / count))
  })
}

/** For windows of any kind: a transposed convolution of single channels with ones. */
function spreadByConvolution(node: BackwardNode, window: readonly WindowAxis[]): TensorValue {
  const { arithmetic, builder } = node
  const counts = windowCounts(window, node.call.number('count_include_pad', 0) === 1)
  const outputSizes = node.output().shape.slice(2)
  const planes = elementCount(node.output().shape.slice(0, 2))
  const divisors = builder.constant('float32', outputSizes, counts, 'windowCounts')
  const shares = arithmetic.reshape(builder.apply('Div', [node.gradient(), divisors]), [
    planes,
    1,
    ...outputSizes,
  ])
  const kernel = arithmetic.constant([1, 1, ...window.map((axis) => axis.kernel)], 1)
  const geometry = { group: 1, window: window.map((axis) => ({ ...axis, padEnd: padAtEnd(axis) })) }
  const spread = builder.apply('ConvTranspose', [shares, kernel], {
    ...windowAttributes(geometry),
    ...spatial(
      'output_padding',
      window.map((axis) => Math.max(0, unreached(axis))),
      0,
    ),
  })
  return arithmetic.reshape(spread, node.input(0).shape)
}

/** Windows that ceil_mode lets hang over the edge are cut off like pads. */
function padAtEnd(axis: WindowAxis): number {
  return axis.padEnd + Math.max(0, -unreached(axis))
}

function globalAveragePool(node: BackwardNode): void {
  const count = elementCount(node.input(0).shape.slice(2))
  node.contribute(0, () => node.arithmetic.scale(node.looseGradient(), 1 / count))
}

/** Elements that equal the maximum share the gradient equally. */
function globalMaxPool(node: BackwardNode): void {
  const { arithmetic, builder } = node
  const axes = node
    .input(0)
    .shape.slice(2)
    .map((_, axis) => axis + 2)
  node.contribute(0, () => {
    const equal = arithmetic.toFloat(builder.apply('Equal', [node.input(0), node.output()]))
    const count = arithmetic.sum(equal, axes, true)
    return arithmetic.multiply(arithmetic.divide(node.looseGradient(), count), equal)
  })
}

/** Picks dY at the places to which the values went. */
function maxUnpool(node: BackwardNode): void {
  const { arithmetic, builder } = node
  node.contribute(0, (): TensorValue => {
    const flat = arithmetic.reshape(node.gradient(), [elementCount(node.output().shape)])
    return builder.apply('Gather', [flat, node.input(1)])
  })
}

export const poolingRules: RuleFamily = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalAveragePool,
  GlobalMaxPool: globalMaxPool,
  MaxUnpool: maxUnpool,
}

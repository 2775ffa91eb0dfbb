import { sizeAt } from '../../tensor-graph/operators/define-operator.ts'
import { poolingWindow } from '../../tensor-graph/operators/pooling.ts'
import type { WindowAxis } from '../../tensor-graph/operators/window.ts'
import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'
import { spatial, unreached } from './convolution-geometry.ts'
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

/** Every window spreads its gradient / count evenly: a transposed convolution of single channels with ones. */
function averagePool(node: BackwardNode): void {
  const { arithmetic, builder } = node
  const window = poolingWindow(node.call)
  const counts = windowCounts(window, node.call.number('count_include_pad', 0) === 1)
  const first = counts[0] ?? 1
  const uniform = counts.every((count) => count === first)
  node.contribute(0, () => {
    const { shape } = node.output()
    const outputSizes = shape.slice(2)
    const planes = sizeAt(shape, 0) * sizeAt(shape, 1)
    const divided = uniform
      ? node.gradient()
      : arithmetic.divide(node.gradient(), builder.constant('float32', outputSizes, counts, 'windowCounts'))
    const kernelSizes = window.map((axis) => axis.kernel)
    const weight = uniform ? 1 / first : 1
    const kernel = builder.constant(
      'float32',
      [1, 1, ...kernelSizes],
      new Float32Array(elementCount(kernelSizes)).fill(weight),
      'averagingKernel',
    )
    const spread = builder.apply(
      'ConvTranspose',
      [arithmetic.reshape(divided, [planes, 1, ...outputSizes]), kernel],
      {
        ...spatial(
          'strides',
          window.map((axis) => axis.stride),
          1,
        ),
        ...spatial(
          'dilations',
          window.map((axis) => axis.dilation),
          1,
        ),
        ...spatial('pads', [...window.map((axis) => axis.padBegin), ...window.map(padAtEnd)], 0),
        ...spatial(
          'output_padding',
          window.map((axis) => Math.max(0, unreached(axis))),
          0,
        ),
      },
    )
    return arithmetic.reshape(spread, node.input(0).shape)
  })
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

import type { Tensor } from '@tensorflow/tfjs'
import { poolingWindow } from '../../../../../src-core/tensor-graph/operators/pooling.ts'
import { kernelExtent, type WindowAxis } from '../../../../../src-core/tensor-graph/operators/window.ts'
import { elementCount } from '../../../../../src-core/tensor-graph/types.ts'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'
import { ChannelsLast, liftedWindow } from './channels-last.ts'
import { scatter } from './scatter.ts'
import { windowElements, windowPositions } from './window-elements.ts'

/** Surrounds the spatial axes, channels last, with what the windows reach; ceil_mode's overhang included. */
function surround({ tf }: OperatorNode, window: readonly WindowAxis[], value: number) {
  const pads = window.map((axis): [number, number] => {
    const reach = (axis.output - 1) * axis.stride + kernelExtent(axis)
    return [axis.padBegin, Math.max(axis.padEnd, reach - axis.input - axis.padBegin)]
  })
  const isNeeded = pads.some(([before, after]) => before > 0 || after > 0)
  return (x: Tensor) => (isNeeded ? tf.pad(x, [[0, 0], ...pads, [0, 0]], value) : x)
}

const maxPool: TensorflowOperator = (node) => {
  if (node.outputCount > 1) return maxPoolWithIndices(node)
  const { tf } = node
  const window = liftedWindow(poolingWindow(node))
  const shape = node.outputShape()
  if (window.some(({ dilation }) => dilation > 1)) {
    const elements = windowElements(node, poolingWindow(node), Number.NEGATIVE_INFINITY)
    return (x) => elements(x(0)).reduce((largest, each) => tf.maximum(largest, each))
  }
  const layout = new ChannelsLast(node)
  const padded = surround(node, window, Number.NEGATIVE_INFINITY)
  const [kernelA = 1, kernelB = 1, kernelC = 1] = window.map(({ kernel }) => kernel)
  const [strideA = 1, strideB = 1, strideC = 1] = window.map(({ stride }) => stride)
  const pool = (x: Tensor): Tensor =>
    window.length === 2
      ? tf.maxPool(layout.rank4(x), [kernelA, kernelB], [strideA, strideB], 'valid')
      : tf.maxPool3d(layout.rank5(x), [kernelA, kernelB, kernelC], [strideA, strideB, strideC], 'valid')
  return (x) => layout.to(pool(padded(layout.from(x(0)))), shape)
}

/** The second output holds where each maximum lies in the flattened input. */
const maxPoolWithIndices: TensorflowOperator = (node) => {
  const { tf } = node
  const window = poolingWindow(node)
  const { shape } = node.input(0)
  const elements = windowElements(node, window, Number.NEGATIVE_INFINITY)
  const { table, places } = windowPositions(node, window)
  const plane = elementCount(shape.slice(2))
  const planes = elementCount(shape.slice(0, 2))
  const starts = node.lastingIntegers(
    Array.from({ length: planes }, (_, index) => index * plane),
    [shape[0] ?? 1, shape[1] ?? 1, ...window.map(() => 1)],
  )
  const perWindow = node.lastingIntegers([elementCount(window.map(({ output }) => output))], [])
  return (x) => {
    const all = tf.stack(elements(x(0)))
    const which = tf.argMax(node.differentiable ? detached(node, all) : all, 0)
    const within = tf.gather(table, tf.add(tf.mul(which, perWindow), places))
    return [tf.max(all, 0), tf.add(within, starts)]
  }
}

/** The same elements, unknown to the gradient tape: TensorFlow.js would follow indices, which have no gradient. */
function detached({ tf }: OperatorNode, x: Tensor): Tensor {
  return tf.tensor(x.dataSync(), x.shape, x.dtype)
}

/** Sums of the windows, divided by how many elements each counts. */
const averagePool: TensorflowOperator = (node) => {
  const { tf } = node
  const window = poolingWindow(node)
  const counts = windowCounts(node, window)
  const shape = node.outputShape()
  if (window.some(({ dilation }) => dilation > 1)) {
    const elements = windowElements(node, window, 0)
    return (x) => tf.div(tf.addN(elements(x(0))), counts)
  }
  const lifted = liftedWindow(window)
  const layout = new ChannelsLast(node)
  const padded = surround(node, lifted, 0)
  const [kernelA = 1, kernelB = 1, kernelC = 1] = lifted.map(({ kernel }) => kernel)
  const [strideA = 1, strideB = 1, strideC = 1] = lifted.map(({ stride }) => stride)
  const pool = (x: Tensor): Tensor =>
    lifted.length === 2
      ? tf.avgPool(layout.rank4(x), [kernelA, kernelB], [strideA, strideB], 'valid')
      : tf.avgPool3d(layout.rank5(x), [kernelA, kernelB, kernelC], [strideA, strideB, strideC], 'valid')
  const size = elementCount(window.map(({ kernel }) => kernel))
  const factors = tf.div(size, counts)
  node.own(factors)
  return (x) => tf.mul(layout.to(pool(padded(layout.from(x(0)))), shape), factors)
}

/** How many elements each window averages over: those inside the input, or inside the pads too. */
function windowCounts(node: OperatorNode, window: readonly WindowAxis[]): Tensor {
  const withPads = node.number('count_include_pad', 0) === 1
  const perAxis = window.map((axis) => {
    const low = withPads ? 0 : axis.padBegin
    const high = axis.padBegin + axis.input + (withPads ? axis.padEnd : 0)
    return Array.from({ length: axis.output }, (_, index) => {
      const steps = Array.from({ length: axis.kernel }, (_, at) => index * axis.stride + at * axis.dilation)
      return steps.filter((position) => position >= low && position < high).length
    })
  })
  const counts = perAxis.reduce((outer, inner) => outer.flatMap((a) => inner.map((b) => a * b)), [1])
  return node.lasting(
    'float32',
    window.map(({ output }) => output),
    Float32Array.from(counts),
  )
}

function globalPool(name: 'mean' | 'max'): TensorflowOperator {
  return (node) => {
    const axes = [...node.input(0).shape.keys()].slice(2)
    return (x) => node.tf[name](x(0), axes, true)
  }
}

/** Values go to where MaxPool found them, zeros elsewhere. */
const maxUnpool: TensorflowOperator = (node) => {
  const { tf } = node
  const shape = node.outputShape()
  const write = scatter(node, 'none')
  return (x) => {
    const empty = tf.zeros([elementCount(shape), 1])
    return tf.reshape(write(empty, tf.reshape(x(1), [-1]), tf.reshape(x(0), [-1, 1])), shape)
  }
}

export const poolingOperators: TensorflowOperatorFamily = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalPool('mean'),
  GlobalMaxPool: globalPool('max'),
  MaxUnpool: maxUnpool,
}

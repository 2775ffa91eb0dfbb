import type { Tensor } from '@tensorflow/tfjs'
import { transposedWindow } from '../../../../../src-core/tensor-graph/operators/convolution.ts'
import { kernelExtent, type WindowAxis } from '../../../../../src-core/tensor-graph/operators/window.ts'
import type { OperatorNode, TensorflowOperator } from '../operator-node.ts'
import { ChannelsLast, liftedWindow } from './channels-last.ts'
import { fillGaps } from './convolution.ts'

/** ONNX pads cut the full result and output_padding lengthens it at the end, by zeros where nothing reaches. */
export const transposedConvolution: TensorflowOperator = (node) => {
  const { tf } = node
  const window = liftedWindow(transposedWindow(node))
  const layout = new ChannelsLast(node)
  const groups = node.number('group', 1)
  const single = singleGroup(node, window)
  const shape = node.outputShape()
  const along = shape.map((size, axis) => (axis === 1 ? size : 1))
  const everyGroup = (input: Tensor, kernel: Tensor) => {
    if (groups === 1) return single(input, kernel)
    const kernels = tf.split(kernel, groups, -1)
    const parts = tf.split(input, groups, -1)
    return tf.concat(
      parts.map((part, index) => single(part, kernels[index] ?? kernel)),
      -1,
    )
  }
  return (x) => {
    const input = layout.from(x(0))
    // ONNX has the kernel as [in, out / groups, …]: with channels last its last axis is the input's.
    const kernel = fillGaps(node, layout.kernel(x(1)), window)
    const result = layout.to(cutToSize(node, everyGroup(input, kernel), window), shape)
    return node.has(2) ? tf.add(result, tf.reshape(x(2), along)) : result
  }
}

function fullSize(axis: WindowAxis): number {
  return axis.stride * (axis.input - 1) + kernelExtent(axis)
}

function singleGroup(node: OperatorNode, window: readonly WindowAxis[]) {
  const { tf } = node
  const layout = new ChannelsLast(node)
  const batch = node.size(0, 0)
  const filters = node.size(1, 1)
  const [first = 1, second = 1, third = 1] = window.map(fullSize)
  const [strideA = 1, strideB = 1, strideC = 1] = window.map(({ stride }) => stride)
  return (x: Tensor, kernel: Tensor): Tensor =>
    window.length === 2
      ? tf.conv2dTranspose(
          layout.rank4(x),
          layout.rank4(kernel),
          [batch, first, second, filters],
          [strideA, strideB],
          'valid',
        )
      : tf.conv3dTranspose(
          layout.rank5(x),
          layout.rank5(kernel),
          [batch, first, second, third, filters],
          [strideA, strideB, strideC],
          'valid',
        )
}

/** Cuts or lengthens the spatial axes to what was inferred. */
function cutToSize({ tf }: OperatorNode, full: Tensor, window: readonly WindowAxis[]): Tensor {
  const missing = window.map((axis) => Math.max(0, axis.padBegin + axis.output - fullSize(axis)))
  const isWhole = window.every(
    (axis, index) => missing[index] === 0 && axis.padBegin === 0 && axis.output === fullSize(axis),
  )
  if (isWhole) return full
  const pads = missing.map((after): [number, number] => [0, after])
  const lengthened = missing.some((after) => after > 0) ? tf.pad(full, [[0, 0], ...pads, [0, 0]]) : full
  const starts = [0, ...window.map(({ padBegin }) => padBegin), 0]
  const sizes = [full.shape[0] ?? 0, ...window.map(({ output }) => output), full.shape.at(-1) ?? 0]
  return tf.slice(lengthened, starts, sizes)
}

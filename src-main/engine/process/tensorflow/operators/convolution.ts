import type { Tensor } from '@tensorflow/tfjs'
import { convolutionWindow } from '../../../../../src-core/tensor-graph/operators/convolution.ts'
import type { WindowAxis } from '../../../../../src-core/tensor-graph/operators/window.ts'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'
import { ChannelsLast, liftedWindow } from './channels-last.ts'
import { transposedConvolution } from './transposed-convolution.ts'

/** x and kernel with channels last; the kernel holds the channels of one group. */
type Convolve = (x: Tensor, kernel: Tensor) => Tensor

/**
 * TensorFlow's Conv2D knows pads, strides, dilations and groups. Its gradient kernels for processors know no groups
 * and no dilations, and Conv3D knows neither: there the plain form stands in.
 */
const convolution: TensorflowOperator = (node) => {
  const window = liftedWindow(convolutionWindow(node))
  const groups = node.number('group', 1)
  const isPlain = node.differentiable || window.length > 2
  const run = isPlain ? plainConvolution(node, window, groups) : nativeConvolution(node, window, groups)
  const layout = new ChannelsLast(node)
  const shape = node.outputShape()
  const along = shape.map((size, axis) => (axis === 1 ? size : 1))
  return (x) => {
    const result = layout.to(run(layout.from(x(0)), layout.kernel(x(1))), shape)
    return node.has(2) ? node.tf.add(result, node.tf.reshape(x(2), along)) : result
  }
}

function nativeConvolution(node: OperatorNode, window: readonly WindowAxis[], groups: number): Convolve {
  const perAxis = (read: (axis: WindowAxis) => number) => [1, ...window.map(read), 1]
  const pads = window.flatMap(({ padBegin, padEnd }) => [padBegin, padEnd])
  const depthwise = groups > 1 && groups === node.size(0, 1) && window.every(({ dilation }) => dilation === 1)
  const padded = pads.some((pad) => pad > 0)
  const attributes = [
    node.integersAttribute(
      'strides',
      perAxis(({ stride }) => stride),
    ),
    node.integersAttribute(
      'dilations',
      perAxis(({ dilation }) => dilation),
    ),
    node.textAttribute('data_format', 'NHWC'),
    node.textAttribute('padding', padded ? 'EXPLICIT' : 'VALID'),
    ...(padded ? [node.integersAttribute('explicit_paddings', [0, 0, ...pads, 0, 0])] : []),
  ]
  if (!depthwise || window.some(({ stride }) => stride !== window[0]?.stride)) {
    return (x, kernel) => node.native('Conv2D', [x, kernel], attributes)
  }
  // Four times as fast as Conv2D with as many groups as channels; it wants equal strides.
  return (x, kernel) => {
    const [height = 1, width = 1, , filters = 1] = kernel.shape
    const single = node.tf.reshape(kernel, [height, width, groups, filters / groups])
    return node.native('DepthwiseConv2dNative', [x, single], attributes)
  }
}

/** Pads apart, groups one by one, gaps in the kernel filled with zeros: what every kernel of TensorFlow understands. */
function plainConvolution(node: OperatorNode, window: readonly WindowAxis[], groups: number): Convolve {
  const { tf } = node
  const layout = new ChannelsLast(node)
  const pads = window.map(({ padBegin, padEnd }): [number, number] => [padBegin, padEnd])
  const [first = 1, second = 1, third = 1] = window.map(({ stride }) => stride)
  const single = (x: Tensor, kernel: Tensor): Tensor =>
    window.length === 2
      ? tf.conv2d(layout.rank4(x), layout.rank4(kernel), [first, second], 'valid')
      : tf.conv3d(layout.rank5(x), layout.rank5(kernel), [first, second, third], 'valid')
  return (x, kernel) => {
    const padded = tf.pad(x, [[0, 0], ...pads, [0, 0]])
    const filled = fillGaps(node, kernel, window)
    if (groups === 1) return single(padded, filled)
    const parts = tf.split(padded, groups, -1)
    const kernels = tf.split(filled, groups, -1)
    return tf.concat(
      parts.map((part, index) => single(part, kernels[index] ?? filled)),
      -1,
    )
  }
}

/** A kernel with channels last whose spatial elements stand `dilation` apart, zeros between them. */
export function fillGaps({ tf }: OperatorNode, kernel: Tensor, window: readonly WindowAxis[]): Tensor {
  return window.reduce((filled, { kernel: size, dilation }, axis) => {
    if (dilation === 1 || size === 1) return filled
    const { shape } = filled
    const apart = tf.reshape(filled, shape.toSpliced(axis + 1, 0, 1))
    const pads = apart.shape.map((_, at): [number, number] => (at === axis + 1 ? [0, dilation - 1] : [0, 0]))
    const spread = tf.reshape(tf.pad(apart, pads), shape.with(axis, size * dilation))
    const extent = (size - 1) * dilation + 1
    return tf.slice(
      spread,
      shape.map(() => 0),
      shape.with(axis, extent),
    )
  }, kernel)
}

export const convolutionOperators: TensorflowOperatorFamily = {
  Conv: convolution,
  ConvTranspose: transposedConvolution,
}

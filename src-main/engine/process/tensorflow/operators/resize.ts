import type { Tensor } from '@tensorflow/tfjs'
import { type ResizedAxis, resizedAxes } from '../../../../../src-core/tensor-graph/operators/resize.ts'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

/** Where an output position lies in the input (ONNX Resize, coordinate_transformation_mode). */
function sourcePosition(axis: ResizedAxis, index: number, mode: string): number {
  if (mode === 'asymmetric') return index / axis.scale
  if (mode === 'align_corners') return axis.output === 1 ? 0 : (index * (axis.input - 1)) / (axis.output - 1)
  if (mode === 'pytorch_half_pixel' && axis.output === 1) return 0
  return (index + 0.5) / axis.scale - 0.5
}

function nearest(position: number, mode: string): number {
  if (mode === 'floor') return Math.floor(position)
  if (mode === 'ceil') return Math.ceil(position)
  return mode === 'round_prefer_ceil' ? Math.floor(position + 0.5) : Math.ceil(position - 0.5)
}

/** Resizes one axis by picking elements, and for linear interpolation by mixing two of them. */
function resizeAxis(node: OperatorNode, axis: number, resized: ResizedAxis): (x: Tensor) => Tensor {
  const { tf } = node
  const coordinates = node.text('coordinate_transformation_mode', 'half_pixel')
  const positions = Array.from({ length: resized.output }, (_, index) =>
    sourcePosition(resized, index, coordinates),
  )
  const clamp = (position: number) => Math.min(Math.max(position, 0), resized.input - 1)
  if (node.text('mode', 'nearest') === 'nearest') {
    const rounding = node.text('nearest_mode', 'round_prefer_floor')
    const places = node.lastingIntegers(positions.map((position) => clamp(nearest(position, rounding))))
    return (x) => tf.gather(x, places, axis)
  }
  const inside = positions.map(clamp)
  const low = node.lastingIntegers(inside.map(Math.floor))
  const high = node.lastingIntegers(inside.map((position) => clamp(Math.floor(position) + 1)))
  const along = node.outputShape().map((size, at) => (at === axis ? size : 1))
  const shares = node.lasting(
    'float32',
    along,
    Float32Array.from(inside, (position) => position % 1),
  )
  return (x) => {
    const below = tf.gather(x, low, axis)
    return tf.add(below, tf.mul(tf.sub(tf.gather(x, high, axis), below), shares))
  }
}

/** Resizing is separable: axis after axis. */
const resize: TensorflowOperator = (node) => {
  const steps = resizedAxes(node).flatMap((resized, axis) =>
    resized.input === resized.output && resized.scale === 1 ? [] : [resizeAxis(node, axis, resized)],
  )
  return (x) => steps.reduce((result, step) => step(result), x(0).clone())
}

export const resizeOperators: TensorflowOperatorFamily = { Resize: resize }

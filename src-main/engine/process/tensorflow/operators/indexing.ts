import type { Tensor } from '@tensorflow/tfjs'
import { elementCount, type Shape } from '../../../../../src-core/tensor-graph/types.ts'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'
import { scatter } from './scatter.ts'

/** Elements from one position of an axis to the next. */
function strideOf(shape: Shape, axis: number): number {
  return elementCount(shape.slice(axis + 1))
}

/** ONNX lets indices count from the end; TensorFlow does not. */
function withoutSign({ tf }: OperatorNode, indices: Tensor, size: number): Tensor {
  return tf.add(indices, tf.mul(tf.cast(tf.less(indices, 0), 'int32'), tf.scalar(size, 'int32')))
}

const gather: TensorflowOperator = (node) => {
  const axis = node.axis(node.number('axis', 0), node.input(0).shape.length)
  const size = node.size(0, axis)
  const indices = node.input(1)
  const known = node.constantData(indices)
  if (!known) return (x) => node.tf.gather(x(0), withoutSign(node, x(1), size), axis)
  const places = Array.from(known, Number).map((place) => (place < 0 ? place + size : place))
  const fixed = node.lastingIntegers(places, indices.shape)
  return (x) => node.tf.gather(x(0), fixed, axis)
}

/**
 * Turns the indices of GatherElements and ScatterElements (positions along one axis, the others as in the indices
 * themselves) into positions in the flattened data.
 */
function elementPositions(node: OperatorNode): (indices: Tensor) => Tensor {
  const { tf } = node
  const data = node.input(0).shape
  const { shape } = node.input(1)
  const axis = node.axis(node.number('axis', 0), data.length)
  const base = Array.from({ length: elementCount(shape) }, (_, flat) =>
    shape.reduce((sum, size, at) => {
      const position = Math.floor(flat / strideOf(shape, at)) % size
      return at === axis ? sum : sum + position * strideOf(data, at)
    }, 0),
  )
  const elsewhere = node.lastingIntegers(base, shape)
  const stride = node.lastingIntegers([strideOf(data, axis)], [])
  return (indices) => tf.add(elsewhere, tf.mul(withoutSign(node, indices, node.size(0, axis)), stride))
}

/** Turns the index tuples of GatherND and ScatterND into positions among rows: one tuple axis flattened. */
function tuplePositions(node: OperatorNode): { depth: number; positions: (indices: Tensor) => Tensor } {
  const { tf } = node
  const data = node.input(0).shape
  const depth = node.size(1, -1)
  const indexed = data.slice(0, depth)
  const sizes = node.lastingIntegers(indexed)
  const strides = node.lastingIntegers(indexed.map((_, at) => strideOf(indexed, at)))
  const positions = (indices: Tensor) => {
    const wrapped = tf.add(indices, tf.mul(tf.cast(tf.less(indices, 0), 'int32'), sizes))
    return tf.sum(tf.mul(wrapped, strides), -1)
  }
  return { depth, positions }
}

const gatherElements: TensorflowOperator = (node) => {
  const { tf } = node
  const positions = elementPositions(node)
  return (x) => tf.gather(tf.reshape(x(0), [-1]), positions(x(1)))
}

const gatherNd: TensorflowOperator = (node) => {
  const { tf } = node
  const { depth, positions } = tuplePositions(node)
  const { shape } = node.input(0)
  const rows = [elementCount(shape.slice(0, depth)), ...shape.slice(depth)]
  return (x) => tf.gather(tf.reshape(x(0), rows), positions(x(1)))
}

const scatterElements: TensorflowOperator = (node) => {
  const { tf } = node
  const positions = elementPositions(node)
  const count = elementCount(node.input(0).shape)
  const write = scatter(node, node.text('reduction', 'none'))
  return (x) => {
    const flat = tf.reshape(positions(x(1)), [-1])
    const result = write(tf.reshape(x(0), [count, 1]), flat, tf.reshape(x(2), [-1, 1]))
    return tf.reshape(result, node.outputShape())
  }
}

const scatterNd: TensorflowOperator = (node) => {
  const { tf } = node
  const { depth, positions } = tuplePositions(node)
  const { shape } = node.input(0)
  const row = elementCount(shape.slice(depth))
  const rows = elementCount(shape.slice(0, depth))
  const write = scatter(node, node.text('reduction', 'none'))
  return (x) => {
    const flat = tf.reshape(positions(x(1)), [-1])
    return tf.reshape(write(tf.reshape(x(0), [rows, row]), flat, tf.reshape(x(2), [-1, row])), [...shape])
  }
}

const oneHot: TensorflowOperator = (node) => {
  const { tf } = node
  const depth = node.constantNumbers(1)?.[0] ?? node.fail('input 1 is missing')
  const { length } = node.input(0).shape
  const axis = node.axis(node.number('axis', -1), length + 1)
  const order = [...Array(length).keys()].toSpliced(axis, 0, length)
  return (x) => {
    const places = withoutSign(node, tf.cast(x(0), 'int32'), depth)
    const hot = tf.transpose(tf.oneHot(places, depth, 1, 0, 'int32'), order)
    return tf.where(tf.cast(hot, 'bool'), tf.gather(x(2), 1), tf.gather(x(2), 0))
  }
}

export const indexingOperators: TensorflowOperatorFamily = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  ScatterElements: scatterElements,
  ScatterND: scatterNd,
  OneHot: oneHot,
}

import { sizeAt } from '../../../../../src-core/tensor-graph/operators/define-operator.ts'
import { splitSizes } from '../../../../../src-core/tensor-graph/operators/shape.ts'
import type { TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

/** The new shape is known: it was inferred. */
const reshape: TensorflowOperator = (node) => {
  const shape = node.outputShape()
  return (x) => node.tf.reshape(x(0), shape)
}

const transpose: TensorflowOperator = (node) => {
  const { length } = node.input(0).shape
  const order = (node.numbers('perm') ?? [...Array(length).keys()].reverse()).map((axis) =>
    node.axis(axis, length),
  )
  return (x) => node.tf.transpose(x(0), order)
}

const expand: TensorflowOperator = (node) => {
  const shape = node.outputShape()
  return (x) => node.tf.broadcastTo(x(0), shape)
}

const tile: TensorflowOperator = (node) => {
  const repeats = node.requiredIntegers(1)
  return (x) => (repeats.length === 0 ? x(0).clone() : node.tf.tile(x(0), repeats))
}

const concat: TensorflowOperator = (node) => {
  const axis = node.axis(node.number('axis', 0), node.input(0).shape.length)
  const indices = [...node.inputs.keys()]
  return (x) =>
    node.tf.concat(
      indices.map((index) => x(index)),
      axis,
    )
}

/** Slices, because TensorFlow.js refuses to split into parts without elements. */
const split: TensorflowOperator = (node) => {
  const { axis, sizes } = splitSizes(node)
  const { shape } = node.input(0)
  const starts = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, 0))
  return (x) =>
    sizes.map((size, index) =>
      node.tf.slice(
        x(0),
        shape.map((_, at) => (at === axis ? sizeAt(starts, index) : 0)),
        [...shape.with(axis, size)],
      ),
    )
}

export const shapeOperators: TensorflowOperatorFamily = {
  Reshape: reshape,
  Squeeze: reshape,
  Unsqueeze: reshape,
  Flatten: reshape,
  Transpose: transpose,
  Expand: expand,
  Tile: tile,
  Concat: concat,
  Split: split,
}

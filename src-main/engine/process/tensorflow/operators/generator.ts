import type { TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

const constantOfShape: TensorflowOperator = (node) => {
  const shape = node.outputShape()
  const value = node.number('value', 0)
  return () => node.tf.fill(shape, value)
}

/** Everything is known before the first run. */
const range: TensorflowOperator = (node) => {
  const [start = 0, , delta = 1] = [0, 1, 2].map((index) => node.constantNumbers(index)?.[0])
  const shape = node.outputShape()
  const elements = Array.from({ length: shape[0] ?? 0 }, (_, index) => start + index * delta)
  const isFloat = node.input(0).dtype === 'float32'
  const values = isFloat
    ? node.lasting('float32', shape, Float32Array.from(elements))
    : node.lastingIntegers(elements)
  return () => values.clone()
}

export const generatorOperators: TensorflowOperatorFamily = {
  ConstantOfShape: constantOfShape,
  Range: range,
}

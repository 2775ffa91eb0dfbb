import type { Shape, TensorValue } from '../../tensor-graph/types.ts'

/** The shape at a layer's only input. Throws when it is missing: the compiler asks only once every port is wired. */
export function onlyShape(context: { readonly inputs: readonly Shape[] }): Shape {
  const [shape] = context.inputs
  if (!shape) throw new Error('the layer got no input shape')
  return shape
}

/** The tensor at a layer's only input; throws like {@link onlyShape}. */
export function onlyTensor(context: { readonly inputs: readonly TensorValue[] }): TensorValue {
  const [tensor] = context.inputs
  if (!tensor) throw new Error('the layer got no input tensor')
  return tensor
}

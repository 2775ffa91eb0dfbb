import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import { manyInputs } from './ports.ts'

/** The port of layers that take two inputs, the first wire before the second. */
export const twoInputs = [{ ...manyInputs[0], maximum: 2 }] as const

/** The shapes at a layer's two inputs. Throws when one is missing: the compiler asks only once every port is wired. */
export function twoShapes(context: { readonly inputs: readonly Shape[] }): readonly [Shape, Shape] {
  const [first, second] = context.inputs
  if (!first || !second) throw new Error('the layer got fewer than two input shapes')
  return [first, second]
}

/** The tensors at a layer's two inputs; throws like {@link twoShapes}. */
export function twoTensors(context: {
  readonly inputs: readonly TensorValue[]
}): readonly [TensorValue, TensorValue] {
  const [first, second] = context.inputs
  if (!first || !second) throw new Error('the layer got fewer than two input tensors')
  return [first, second]
}

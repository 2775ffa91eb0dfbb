import { sizeAt } from '../../tensor-graph/operators/define-operator.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { Arithmetic } from '../arithmetic.ts'

/** A linear map along one axis: `rows[o]` lists which inputs, with which weight, make up output o. */
export type AxisMap = readonly (readonly (readonly [input: number, weight: number])[])[]

/** Emits x with the transposed map applied along an axis: what carries gradients of the outputs to the inputs. */
export function applyTransposed(
  arithmetic: Arithmetic,
  x: TensorValue,
  axis: number,
  map: AxisMap,
  inputSize: number,
): TensorValue {
  const { builder } = arithmetic
  const outputSize = map.length
  const before = x.shape.slice(0, axis)
  const after = x.shape.slice(axis + 1)
  const count = (sizes: readonly number[]) => sizes.reduce((product, size) => product * size, 1)
  const last = count(after) === 1
  const data = new Float32Array(outputSize * inputSize)
  for (const [output, terms] of map.entries()) {
    for (const [input, weight] of terms) {
      const at = last ? output * inputSize + input : input * outputSize + output
      data[at] = (data[at] ?? 0) + weight
    }
  }
  const matrix = builder.constant(
    'float32',
    last ? [outputSize, inputSize] : [inputSize, outputSize],
    data,
    'axisMap',
  )
  const shape = [...before, inputSize, ...after]
  if (last) {
    return arithmetic.reshape(
      builder.apply('MatMul', [arithmetic.reshape(x, [count(before), outputSize]), matrix]),
      shape,
    )
  }
  const stacked = arithmetic.reshape(x, [count(before), outputSize, count(after)])
  return arithmetic.reshape(builder.apply('MatMul', [matrix, stacked]), shape)
}

/** Whether a map copies every input to its own place. */
export function isIdentity(map: AxisMap, inputSize: number): boolean {
  return (
    map.length === inputSize &&
    map.every(
      (terms, output) => terms.length === 1 && sizeAt(terms[0] ?? [], 0) === output && terms[0]?.[1] === 1,
    )
  )
}

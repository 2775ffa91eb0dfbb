import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../src-core/tensor-graph/graph-builder.ts'
import type { Attributes, DataType, Shape } from '../../../src-core/tensor-graph/types.ts'

function apply(
  operator: string,
  inputs: readonly (readonly [DataType, Shape] | readonly number[])[],
  attributes: Attributes = {},
) {
  const builder = new GraphBuilder('inference')
  const isTensor = (input: (typeof inputs)[number]): input is readonly [DataType, Shape] =>
    typeof input[0] === 'string'
  const values = inputs.map((input, index) =>
    isTensor(input)
      ? builder.input(`x${index}`, input[0], input[1])
      : builder.integers(input.filter((each) => typeof each === 'number')),
  )
  return builder.apply(operator, values, attributes)
}

const f = (...shape: number[]) => ['float32', shape] as const

describe('A refused operator names itself, the shapes it got and what is wrong', () => {
  const refusals: [string, () => unknown, string][] = [
    ['unknown operator', () => apply('Frobnicate', [f(1)]), 'operator Frobnicate is not in the table'],
    [
      'unknown attribute',
      () => apply('Relu', [f(1)], { alpha: 1 }),
      'Relu(float32[1]): has no attribute alpha',
    ],
    [
      'shapes that do not broadcast',
      () => apply('Add', [f(2, 3), f(2, 4)]),
      'Add(float32[2, 3], float32[2, 4]): axis 1 cannot be broadcast: 3 against 4',
    ],
    [
      'types that differ',
      () => apply('Add', [f(2), ['int64', [2]]]),
      'Add(float32[2], int64[2]): input 1 is int64, expected float32',
    ],
    [
      'inner axes that differ',
      () => apply('MatMul', [f(2, 3), f(4, 5)]),
      'MatMul(float32[2, 3], float32[4, 5]): the inner axes differ: 3 against 4',
    ],
    [
      'an addend that would enlarge the product',
      () => apply('Gemm', [f(1, 3), f(3, 5), f(2, 5)]),
      'input 2 cannot be broadcast to [1, 5]',
    ],
    [
      'channels that differ',
      () => apply('Conv', [f(1, 3, 8, 8), f(4, 2, 3, 3)]),
      'axis 1 of the input has 3 channels, the kernel expects 2',
    ],
    [
      'a kernel that does not fit',
      () => apply('MaxPool', [f(1, 3, 2, 2)], { kernel_shape: [3, 3] }),
      'a kernel of extent 3 does not fit into 2 + 0',
    ],
    ['an impossible reshape', () => apply('Reshape', [f(2, 3), [4, -1]]), 'cannot be reshaped to [4, -1]'],
    ['an axis out of range', () => apply('Softmax', [f(2, 3)], { axis: 2 }), 'axis 2 is outside of 2 axes'],
    [
      'parts that differ beside the joined axis',
      () => apply('Concat', [f(2, 3), f(2, 4)], { axis: 0 }),
      'input 1 differs on axis 1: 4 against 3',
    ],
    [
      'a shape that is not constant',
      () => apply('Reshape', [f(2, 3), ['int64', [2]]]),
      'input 1 must be a constant',
    ],
  ]

  it.each(refusals)('%s', (_, build, message) => {
    expect(build).toThrow(message)
  })
})

describe('Inferred shapes', () => {
  it('of a strided, padded convolution', () => {
    expect(
      apply('Conv', [f(8, 3, 33, 32), f(16, 3, 5, 3)], { strides: [2, 2], pads: [2, 1, 2, 1] }).shape,
    ).toEqual([8, 16, 17, 16])
  })

  it('of types that an operator changes', () => {
    expect(apply('Cast', [f(2)], { to: 7 })).toMatchObject({ dtype: 'int64', shape: [2] })
    expect(apply('Greater', [f(2, 1), f(3)])).toMatchObject({ dtype: 'bool', shape: [2, 3] })
    expect(apply('ArgMax', [f(2, 5)], { axis: -1, keepdims: 0 })).toMatchObject({
      dtype: 'int64',
      shape: [2],
    })
  })
})

import type { Shape } from '../types.ts'
import { type OperatorCall, type OperatorDefinition, type OperatorFamily, sizeAt } from './define-operator.ts'

function product(call: OperatorCall, left: Shape, right: Shape): number[] {
  if (left.length === 0 || right.length === 0)
    call.fail('a matrix product needs at least one axis on each side')
  const a = left.length === 1 ? [1, ...left] : left
  const b = right.length === 1 ? [...right, 1] : right
  const inner = sizeAt(a, -1)
  if (inner !== sizeAt(b, -2)) call.fail(`the inner axes differ: ${inner} against ${sizeAt(b, -2)}`)
  const rows = left.length === 1 ? [] : [sizeAt(a, -2)]
  const columns = right.length === 1 ? [] : [sizeAt(b, -1)]
  return [...call.broadcast([a.slice(0, -2), b.slice(0, -2)]), ...rows, ...columns]
}

const matMul: OperatorDefinition = {
  domain: '',
  attributes: {},
  infer: (call) => [
    { dtype: call.floatType(), shape: product(call, call.floatInput(0).shape, call.floatInput(1).shape) },
  ],
}

function swapLast(shape: Shape, swap: boolean): Shape {
  if (!swap || shape.length < 2) return shape
  return [...shape.slice(0, -2), sizeAt(shape, -1), sizeAt(shape, -2)]
}

const fusedMatMul: OperatorDefinition = {
  domain: 'com.microsoft',
  attributes: { alpha: 'float', transA: 'int', transB: 'int' },
  infer: (call) => {
    const left = swapLast(call.floatInput(0).shape, call.number('transA', 0) === 1)
    const right = swapLast(call.floatInput(1).shape, call.number('transB', 0) === 1)
    return [{ dtype: call.floatType(), shape: product(call, left, right) }]
  },
}

const gemm: OperatorDefinition = {
  domain: '',
  attributes: { alpha: 'float', beta: 'float', transA: 'int', transB: 'int' },
  infer: (call) => {
    const left = call.floatInput(0).shape
    const right = call.floatInput(1).shape
    if (left.length !== 2 || right.length !== 2) call.fail('both factors must be matrices')
    const shape = product(
      call,
      swapLast(left, call.number('transA', 0) === 1),
      swapLast(right, call.number('transB', 0) === 1),
    )
    if (call.inputs[2]) {
      const added = call.floatInput(2).shape
      const joint = call.broadcast([shape, added])
      if (joint.length !== 2 || joint.some((size, axis) => size !== shape[axis])) {
        call.fail(`input 2 cannot be broadcast to [${shape.join(', ')}]`)
      }
    }
    return [{ dtype: call.floatType(), shape }]
  },
}

export const matrixOperators: OperatorFamily = { MatMul: matMul, Gemm: gemm, FusedMatMul: fusedMatMul }

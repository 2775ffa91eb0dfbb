import { sizeAt } from '../../tensor-graph/operators/define-operator.ts'
import type { Attributes, Shape, TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'

/** One product of a pair of (perhaps transposed) factors, alpha · a′ · b′. */
interface Product {
  readonly a: TensorValue
  readonly b: TensorValue
  readonly transA: boolean
  readonly transB: boolean
  readonly alpha: number
}

/** The gradients of a product are products; transposition is a flag of Gemm, never a copy. */
function leftGradient(
  { a, b, transA, transB, alpha }: Product,
  gradient: TensorValue,
): Product & { of: TensorValue } {
  return transA
    ? { of: a, a: b, b: gradient, transA: transB, transB: true, alpha }
    : { of: a, a: gradient, b, transA: false, transB: !transB, alpha }
}

function rightGradient(
  { a, b, transA, transB, alpha }: Product,
  gradient: TensorValue,
): Product & { of: TensorValue } {
  return transB
    ? { of: b, a: gradient, b: a, transA: true, transB: transA, alpha }
    : { of: b, a, b: gradient, transA: !transA, transB: false, alpha }
}

function emit(node: BackwardNode, { a, b, transA, transB, alpha }: Product): TensorValue {
  const attributes: Attributes = {
    ...(transA ? { transA: 1 } : {}),
    ...(transB ? { transB: 1 } : {}),
    ...(alpha === 1 ? {} : { alpha }),
  }
  if (a.shape.length === 2 && b.shape.length === 2) return node.builder.apply('Gemm', [a, b], attributes)
  const left = transA ? swapLast(node, a) : a
  const right = transB ? swapLast(node, b) : b
  return node.arithmetic.scale(node.builder.apply('MatMul', [left, right]), alpha)
}

/** onnxruntime joins this Transpose, and a factor, with the MatMul that follows. */
function swapLast(node: BackwardNode, x: TensorValue): TensorValue {
  const axes = [...x.shape.keys()]
  return node.arithmetic.transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2])
}

function gemm(node: BackwardNode): void {
  const product: Product = {
    a: node.input(0),
    b: node.input(1),
    transA: node.call.number('transA', 0) === 1,
    transB: node.call.number('transB', 0) === 1,
    alpha: node.call.number('alpha', 1),
  }
  node.contribute(0, () => emit(node, leftGradient(product, node.gradient())))
  if (!product.transA && !product.transB && product.alpha === 1) {
    node.contributeProduct(1, () => ({ left: product.a, right: node.gradient() }))
  } else {
    node.contribute(1, () => emit(node, rightGradient(product, node.gradient())))
  }
  node.contributeBroadcast(2, () => node.looseGradient(), node.call.number('beta', 1))
}

/** Vectors become matrices, as MatMul itself does it. */
function asMatrix(shape: Shape, side: 'left' | 'right'): Shape {
  if (shape.length !== 1) return shape
  return side === 'left' ? [1, ...shape] : [...shape, 1]
}

function matMul(node: BackwardNode): void {
  const { arithmetic } = node
  const left = asMatrix(node.input(0).shape, 'left')
  const right = asMatrix(node.input(1).shape, 'right')
  const product: Product = {
    a: arithmetic.reshape(node.input(0), left),
    b: arithmetic.reshape(node.input(1), right),
    transA: node.call.number('transA', 0) === 1,
    transB: node.call.number('transB', 0) === 1,
    alpha: node.call.number('alpha', 1),
  }
  const rows = sizeAt(left, product.transA ? -1 : -2)
  const columns = sizeAt(right, product.transB ? -2 : -1)
  const vectors = [node.input(0), node.input(1)].filter((input) => input.shape.length === 1).length
  const batch = node.output().shape.slice(0, node.output().shape.length - 2 + vectors)
  const gradient = () => arithmetic.reshape(node.gradient(), [...batch, rows, columns])
  if (!product.transA && right.length === 2 && left.length > 2) {
    sharedRight(node, product, gradient)
    return
  }
  const finish = (result: TensorValue, shape: Shape, target: Shape) =>
    arithmetic.reshape(arithmetic.sumTo(result, [...batch, ...result.shape.slice(-2)], shape), target)
  node.contribute(0, () => finish(emit(node, leftGradient(product, gradient())), left, node.input(0).shape))
  node.contribute(1, () => finish(emit(node, rightGradient(product, gradient())), right, node.input(1).shape))
}

/** [..., m, k] · [k, n]: all rows of the left side form one matrix, so the sum over the batch is part of one Gemm. */
function sharedRight(node: BackwardNode, product: Product, gradient: () => TensorValue): void {
  const { arithmetic } = node
  const flat = (value: TensorValue) => {
    const width = sizeAt(value.shape, -1)
    return arithmetic.reshape(value, [
      value.shape.slice(0, -1).reduce((count, size) => count * size, 1),
      width,
    ])
  }
  const flatProduct = { ...product, a: flat(product.a) }
  node.contribute(0, () =>
    arithmetic.reshape(emit(node, leftGradient(flatProduct, flat(gradient()))), node.input(0).shape),
  )
  if (!product.transB && product.alpha === 1) {
    node.contributeProduct(1, () => ({ left: flatProduct.a, right: flat(gradient()) }))
    return
  }
  node.contribute(1, () =>
    arithmetic.reshape(emit(node, rightGradient(flatProduct, flat(gradient()))), node.input(1).shape),
  )
}

export const matrixRules: RuleFamily = { Gemm: gemm, MatMul: matMul, FusedMatMul: matMul }

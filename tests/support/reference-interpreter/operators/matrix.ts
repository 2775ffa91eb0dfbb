import {
  at,
  atBroadcast,
  broadcastShape,
  build,
  number,
  type ReferenceFamily,
  type ReferenceOperator,
  type ReferenceTensor,
  required,
} from '../tensor.ts'

function transposed(x: ReferenceTensor): ReferenceTensor {
  const order = [...x.shape.keys()]
  const last = order.length - 1
  const swap = (index: readonly number[]) => {
    const result = [...index]
    result[last] = index[last - 1] ?? 0
    result[last - 1] = index[last] ?? 0
    return result
  }
  return build(x.dtype, swap(x.shape), (index) => at(x, swap(index)))
}

function product(a: ReferenceTensor, b: ReferenceTensor): ReferenceTensor {
  const left = a.shape.length === 1 ? { ...a, shape: [1, ...a.shape] } : a
  const right = b.shape.length === 1 ? { ...b, shape: [...b.shape, 1] } : b
  const rows = left.shape.at(-2) ?? 1
  const inner = left.shape.at(-1) ?? 1
  const columns = right.shape.at(-1) ?? 1
  const batch = broadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2), [])
  const result = build(a.dtype, [...batch, rows, columns], (index) => {
    const outer = index.slice(0, -2)
    let total = 0
    for (let k = 0; k < inner; k++) {
      total += atBatch(left, outer, index.at(-2) ?? 0, k) * atBatch(right, outer, k, index.at(-1) ?? 0)
    }
    return total
  })
  const shape = [
    ...batch,
    ...(a.shape.length === 1 ? [] : [rows]),
    ...(b.shape.length === 1 ? [] : [columns]),
  ]
  return { ...result, shape }
}

function atBatch(x: ReferenceTensor, outer: readonly number[], row: number, column: number): number {
  const own = x.shape.slice(0, -2)
  const aligned = own.map((size, axis) => (size === 1 ? 0 : (outer[axis + outer.length - own.length] ?? 0)))
  return at(x, [...aligned, row, column])
}

const matMul: ReferenceOperator = (inputs) => [product(required(inputs, 0), required(inputs, 1))]

const fusedMatMul: ReferenceOperator = (inputs, attributes) => {
  const [a, b] = [required(inputs, 0), required(inputs, 1)]
  const result = product(
    number(attributes, 'transA', 0) && a.shape.length > 1 ? transposed(a) : a,
    number(attributes, 'transB', 0) && b.shape.length > 1 ? transposed(b) : b,
  )
  const alpha = number(attributes, 'alpha', 1)
  return [{ ...result, data: result.data.map((value) => alpha * value) }]
}

const gemm: ReferenceOperator = (inputs, attributes) => {
  const [result] = fusedMatMul(inputs, attributes, 1)
  if (!result) throw new Error('no product')
  const added = inputs[2]
  if (!added) return [result]
  const beta = number(attributes, 'beta', 1)
  return [build(result.dtype, result.shape, (index) => at(result, index) + beta * atBroadcast(added, index))]
}

export const matrixReference: ReferenceFamily = { MatMul: matMul, FusedMatMul: fusedMatMul, Gemm: gemm }

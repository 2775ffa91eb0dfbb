import type { Attributes, DataType, Shape } from '../../../src-core/tensor-graph/types.ts'

/** A tensor in double precision, whatever its type: integers and truth values are numbers too. */
export interface ReferenceTensor {
  readonly dtype: DataType
  readonly shape: Shape
  readonly data: Float64Array
}

/** One ONNX operator, written down from its page of the specification as plain loops. */
export type ReferenceOperator = (
  inputs: readonly (ReferenceTensor | undefined)[],
  attributes: Attributes,
  outputCount: number,
) => readonly ReferenceTensor[]

export type ReferenceFamily = Readonly<Record<string, ReferenceOperator>>

export function count(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1)
}

export function tensor(dtype: DataType, shape: Shape, data: ArrayLike<number>): ReferenceTensor {
  return { dtype, shape, data: Float64Array.from(data) }
}

/** Every index tuple of a shape, in row-major order. */
export function* indices(shape: Shape): Generator<number[]> {
  const total = count(shape)
  for (let flat = 0; flat < total; flat++) yield unravel(flat, shape)
}

export function unravel(flat: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length)
  let rest = flat
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] ?? 1
    index[axis] = rest % size
    rest = Math.floor(rest / size)
  }
  return index
}

export function ravel(index: readonly number[], shape: Shape): number {
  let flat = 0
  for (const [axis, size] of shape.entries()) flat = flat * size + (index[axis] ?? 0)
  return flat
}

/** Builds a tensor element by element from its index. */
export function build(dtype: DataType, shape: Shape, element: (index: number[]) => number): ReferenceTensor {
  return { dtype, shape, data: Float64Array.from(indices(shape), element) }
}

export function at(source: ReferenceTensor, index: readonly number[]): number {
  const value = source.data[ravel(index, source.shape)]
  if (value === undefined) throw new Error(`index [${index}] is outside of [${source.shape}]`)
  return value
}

/** Reads an element as if the tensor had been broadcast to a larger shape. */
export function atBroadcast(source: ReferenceTensor, index: readonly number[]): number {
  const offset = index.length - source.shape.length
  return at(
    source,
    source.shape.map((size, axis) => (size === 1 ? 0 : (index[axis + offset] ?? 0))),
  )
}

export function broadcastShape(...shapes: readonly Shape[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length))
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1)
    return sizes.find((size) => size !== 1) ?? 1
  })
}

export function required(inputs: readonly (ReferenceTensor | undefined)[], index: number): ReferenceTensor {
  const input = inputs[index]
  if (!input) throw new Error(`input ${index} is missing`)
  return input
}

export function numbers(source: ReferenceTensor | undefined): number[] | undefined {
  return source && Array.from(source.data)
}

export function number(attributes: Attributes, name: string, fallback: number): number {
  const value = attributes[name] ?? fallback
  if (typeof value !== 'number') throw new Error(`attribute ${name} is no number`)
  return value
}

export function list(attributes: Attributes, name: string): readonly number[] | undefined {
  const value = attributes[name]
  if (value !== undefined && typeof value !== 'object') throw new Error(`attribute ${name} is no list`)
  return value
}

export function text(attributes: Attributes, name: string, fallback: string): string {
  const value = attributes[name] ?? fallback
  if (typeof value !== 'string') throw new Error(`attribute ${name} is no text`)
  return value
}

export function positiveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}

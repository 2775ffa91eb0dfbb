/**
 * The intermediate representation. It speaks the ONNX operator vocabulary (opset 21) with static shapes,
 * so that serialising a TensorGraph is the ONNX export and any engine that runs those operators runs our models.
 */
export type DataType = 'float32' | 'float16' | 'int64' | 'int32' | 'uint8' | 'bool'

/** Sizes of every axis; `[]` is a scalar. */
export type Shape = readonly number[]

/** A tensor flowing through the graph. Names are unique within a graph. */
export interface TensorValue {
  readonly name: string
  readonly dtype: DataType
  readonly shape: Shape
}

/** float16 elements are bit patterns in a Uint16Array: see float16.ts. */
export type TensorData = Float32Array | Uint16Array | BigInt64Array | Int32Array | Uint8Array

/** A tensor whose elements are part of the graph (an ONNX initializer). `bool` data is a Uint8Array of 0 and 1. */
export interface ConstantTensor {
  readonly value: TensorValue
  readonly data: TensorData
}

/** The attribute's ONNX type (int, ints, float, floats, string) is fixed by the operator table. */
export type AttributeValue = number | readonly number[] | string
export type Attributes = Readonly<Record<string, AttributeValue>>

export interface GraphNode {
  readonly name: string
  /** ONNX operator type, e.g. `Conv`. */
  readonly operator: string
  /** ONNX domain; '' is ai.onnx. */
  readonly domain: string
  /** `undefined` stands for an omitted optional input. */
  readonly inputs: readonly (TensorValue | undefined)[]
  readonly outputs: readonly TensorValue[]
  readonly attributes: Attributes
}

export interface GraphOutput {
  readonly name: string
  readonly value: TensorValue
}

/** A finished graph: nodes are in execution order, every value is produced before it is used. */
export interface TensorGraph {
  readonly name: string
  readonly inputs: readonly TensorValue[]
  readonly constants: readonly ConstantTensor[]
  readonly nodes: readonly GraphNode[]
  readonly outputs: readonly GraphOutput[]
}

/** A tensor with its elements and a name that outlives any particular graph: weights, optimizer slots, checkpoints. */
export interface NamedTensor {
  readonly name: string
  readonly dtype: DataType
  readonly shape: Shape
  readonly data: TensorData
}

/** Number of elements of a shape. */
export function elementCount(shape: Shape): number {
  let product = 1
  for (const size of shape) product *= size
  return product
}

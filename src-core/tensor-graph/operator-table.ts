import type { Attributes, DataType, Shape, TensorData, TensorValue } from './types.ts'

export interface InferredOutput {
  readonly dtype: DataType
  readonly shape: Shape
}

/** Infers dtypes and shapes of a node's outputs; throws when the operator cannot take these inputs (a compiler bug). */
export function inferOperator(
  operator: string,
  _inputs: readonly (TensorValue | undefined)[],
  _attributes: Attributes,
  _outputCount: number,
  _constantData: (value: TensorValue) => TensorData | undefined,
): { readonly domain: string; readonly outputs: readonly InferredOutput[] } {
  throw new Error(`operator ${operator} is not in the table`)
}

import { toHalves } from '../../../src-core/tensor-graph/float16.ts'
import type { DataType, TensorData } from '../../../src-core/tensor-graph/types.ts'

/** Plain numbers as the typed array that holds a data type. */
export function typedData(dtype: DataType, values: readonly number[]): TensorData {
  switch (dtype) {
    case 'float32':
      return Float32Array.from(values)
    case 'float16':
      return toHalves(values)
    case 'int64':
      return BigInt64Array.from(values, BigInt)
    case 'int32':
      return Int32Array.from(values)
    default:
      return Uint8Array.from(values)
  }
}

import type { DataType, TensorData } from '../../../../src-core/tensor-graph/types.ts'

/** Why a graph with float16 is refused. */
export const noHalf = 'TensorFlow.js has no float16'

type HeldData = Float32Array | Int32Array | Uint8Array

/**
 * Elements as TensorFlow.js takes them: 64-bit integers as 32-bit ones.
 * Throws for a 64-bit integer beyond 32 bits (no index of a tensor that fits into memory is that large), and for float16.
 */
export function deviceData(data: TensorData): HeldData {
  if (data instanceof Uint16Array) throw new Error(noHalf)
  if (!(data instanceof BigInt64Array)) return data
  return Int32Array.from(data, (element) => {
    if (BigInt.asIntN(32, element) === element) return Number(element)
    throw new Error(`${element} does not fit into the 32-bit integers of TensorFlow.js`)
  })
}

/** Elements that TensorFlow.js returned, as a graph's data type has them. */
export function hostData(dtype: DataType, data: ArrayLike<number>): TensorData {
  switch (dtype) {
    case 'float32':
      return data instanceof Float32Array ? data : Float32Array.from(data)
    case 'int64':
      return BigInt64Array.from({ length: data.length }, (_, index) => BigInt(data[index] ?? 0))
    case 'int32':
      return data instanceof Int32Array ? data : Int32Array.from(data)
    default:
      return data instanceof Uint8Array ? data : Uint8Array.from(data)
  }
}

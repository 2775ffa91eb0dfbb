import type { DataType } from './types.ts'

/** ONNX TensorProto.DataType codes, as the `to` attribute of Cast takes them. */
export const dataTypeCodes = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float16: 10 } as const

/** The data type of an ONNX code, or `undefined` when it is none of ours. */
export function dataTypeFromCode(code: number): DataType | undefined {
  if (code === dataTypeCodes.float32) return 'float32'
  if (code === dataTypeCodes.uint8) return 'uint8'
  if (code === dataTypeCodes.int32) return 'int32'
  if (code === dataTypeCodes.int64) return 'int64'
  if (code === dataTypeCodes.bool) return 'bool'
  if (code === dataTypeCodes.float16) return 'float16'
  return undefined
}

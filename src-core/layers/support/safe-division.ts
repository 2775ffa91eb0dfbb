import { dataTypeCodes } from '../../tensor-graph/data-types.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'

/** dividend / divisor, and 0 (with no gradient) where the divisor is 0, as keras.ops.divide_no_nan. */
export function safeDivision(
  builder: GraphBuilder,
  dividend: TensorValue,
  divisor: TensorValue,
): TensorValue {
  const isZero = builder.apply('Equal', [divisor, builder.scalar(0)])
  const instead = builder.apply('Cast', [isZero], { to: dataTypeCodes.float32 })
  const quotient = builder.apply('Div', [dividend, builder.apply('Add', [divisor, instead])])
  return builder.apply('Mul', [quotient, builder.apply('Sub', [builder.scalar(1), instead])])
}

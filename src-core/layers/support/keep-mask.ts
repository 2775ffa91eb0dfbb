import { dataTypeCodes } from '../../tensor-graph/data-types.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'

/** Inverted dropout's factors: 0 with probability `rate`, else 1 / (1 − rate), so that sums stay the same on average. */
export function keepMask(builder: GraphBuilder, noise: TensorValue, rate: number): TensorValue {
  const keep = builder.apply('GreaterOrEqual', [noise, builder.scalar(rate)])
  const factor = builder.apply('Cast', [keep], { to: dataTypeCodes.float32 })
  return builder.apply('Mul', [factor, builder.scalar(1 / (1 - rate))])
}

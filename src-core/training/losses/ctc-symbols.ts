import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { asNumber, rowSum } from './head.ts'

/** What the paths of connectionist temporal classification lead through. */
export interface CtcSymbols {
  /** Blank, first label, blank, ..., last label, blank: float32 [batch, 2 · labels + 1]. Behind the labels blanks only. */
  readonly symbols: TensorValue
  /** How many labels there are, float32 [batch, 1]. */
  readonly length: TensorValue
}

/** The symbols of labels, float32 [batch, labels] of whole numbers with 0 (the blank) as padding behind them. */
export function ctcSymbols(builder: GraphBuilder, labels: TensorValue): CtcSymbols {
  const [batch = 1, width = 1] = labels.shape
  const isLabel = builder.apply('Greater', [labels, builder.scalar(0.5)])
  const column = builder.apply('Reshape', [labels, builder.integers([batch, width, 1])])
  const pairs = builder.apply('Pad', [column, builder.integers([0, 0, 1, 0, 0, 0])])
  const row = builder.apply('Reshape', [pairs, builder.integers([batch, 2 * width])])
  return {
    symbols: builder.apply('Pad', [row, builder.integers([0, 0, 0, 1])]),
    length: rowSum(builder, asNumber(builder, isLabel)),
  }
}

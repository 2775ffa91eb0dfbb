import type { TensorValue } from '../../tensor-graph/types.ts'
import { asRows, rowMean } from './head.ts'
import type { LossInputs, SampleScores } from './sample-losses.ts'

/** Mean of (prediction − target)² over the values of a sample. */
export function meanSquaredError(inputs: LossInputs): SampleScores {
  const { builder } = inputs
  const error = difference(inputs)
  const loss = rowMean(builder, builder.apply('Mul', [error, error]))
  const absolute = rowMean(builder, builder.apply('Abs', [error]))
  return { loss, metrics: new Map([['meanAbsoluteError', absolute]]) }
}

/** Mean of |prediction − target| over the values of a sample. */
export function meanAbsoluteError(inputs: LossInputs): SampleScores {
  const { builder } = inputs
  const absolute = rowMean(builder, builder.apply('Abs', [difference(inputs)]))
  return { loss: absolute, metrics: new Map([['meanAbsoluteError', absolute]]) }
}

function difference({ builder, prediction, target }: LossInputs): TensorValue {
  return builder.apply('Sub', [asRows(builder, prediction), asRows(builder, target)])
}

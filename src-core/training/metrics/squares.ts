import type { TensorValue } from '../../tensor-graph/types.ts'
import { asRows } from '../losses/head.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import type { LossInputs } from '../losses/sample-losses.ts'

/**
 * Per value of a sample (target − prediction)², target and target²: [batch, 3 · values], three blocks. Targets are taken
 * from their centre, which R² does not depend on and which keeps squares of large targets apart in float32.
 */
export function squares(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const target = asRows(builder, inputs.target)
  const error = builder.apply('Sub', [target, asRows(builder, inputs.prediction)])
  const centred = fromCentre(inputs, target, loss.targetCentres)
  const square = (value: TensorValue) => builder.apply('Mul', [value, value])
  return builder.apply('Concat', [square(error), centred, square(centred)], { axis: 1 })
}

function fromCentre(
  { builder }: LossInputs,
  target: TensorValue,
  centres: OutputLoss['targetCentres'],
): TensorValue {
  if (!centres) return target
  const means = centres.flatMap(({ mean, width }) => new Array<number>(width).fill(mean))
  const row = builder.constant('float32', [1, means.length], Float32Array.from(means), 'centres')
  return builder.apply('Sub', [target, row])
}

import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import type { LossInputs } from './losses/sample-losses.ts'

/** What an output is compared by, row by row: samples, or the steps of all samples one after the other. */
export interface ComparedRows extends LossInputs {
  /** How much each row counts, float32 [rows, 1]. */
  readonly weight: TensorValue
}

/** One output of a batch as it comes from the model. */
export interface OutputValues extends Omit<LossInputs, 'mask'> {
  /** float32 [batch]. */
  readonly sampleWeight: TensorValue
  /** Which steps are data and not padding, float32 [batch, steps]; `undefined` where all are. */
  readonly mask: TensorValue | undefined
}

/**
 * The rows that losses and metrics are taken over. Where an output is compared step by step, every step counts as much as
 * its sample does, and a padded one not at all: as in Keras, the mask multiplies into the sample weights.
 */
export function comparedRows(output: OutputValues, { steps }: OutputLoss): ComparedRows {
  const { builder, prediction, target, sampleWeight, mask } = output
  const [batch = 1] = sampleWeight.shape
  const column = builder.apply('Reshape', [sampleWeight, builder.integers([batch, 1])])
  if (steps === undefined) return { builder, prediction, target, mask, weight: column }
  const rows = batch * steps
  const counted =
    mask ?? builder.constant('float32', [1, steps], new Float32Array(steps).fill(1), 'everyStep')
  const spread = builder.apply('Mul', [counted, column])
  return {
    builder,
    prediction: stepRows(builder, prediction, rows),
    target: stepRows(builder, target, rows),
    weight: builder.apply('Reshape', [spread, builder.integers([rows, 1])]),
  }
}

/** [batch, steps, ...values] as [batch · steps, values], and class indices [batch, steps] as [batch · steps]. */
function stepRows(builder: GraphBuilder, value: TensorValue, rows: number): TensorValue {
  const width = elementCount(value.shape) / rows
  const shape = value.shape.length === 2 && width === 1 ? [rows] : [rows, width]
  return builder.apply('Reshape', [value, builder.integers(shape)])
}

import { assertNever } from '../../assert-never.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { MetricKind } from '../run-config.ts'
import { binaryCrossentropy } from './binary-crossentropy.ts'
import { crossentropy } from './crossentropy.ts'
import type { OutputLoss } from './output-loss.ts'
import { meanAbsoluteError, meanSquaredError } from './regression.ts'

/** Loss and metrics of every sample, each float32 [batch, 1]. */
export interface SampleScores {
  readonly loss: TensorValue
  readonly metrics: ReadonlyMap<MetricKind, TensorValue>
}

/** What a loss compares. */
export interface LossInputs {
  readonly builder: GraphBuilder
  /** The output layer's value, float32 [batch, ...shape]. */
  readonly prediction: TensorValue
  /** int32 [batch] or float32 [batch, ...shape], as the {@link OutputLoss} says. */
  readonly target: TensorValue
}

/** Adds the nodes that compare a prediction with its target. Formulas of Keras 3, stable for saturated heads. */
export function sampleScores(loss: OutputLoss, inputs: LossInputs): SampleScores {
  switch (loss.kind) {
    case 'categoricalCrossentropy':
    case 'sparseCategoricalCrossentropy':
      return crossentropy(inputs, loss)
    case 'binaryCrossentropy':
      return binaryCrossentropy(inputs, loss)
    case 'meanSquaredError':
      return meanSquaredError(inputs)
    case 'meanAbsoluteError':
      return meanAbsoluteError(inputs)
    default:
      return assertNever(loss.kind, 'loss')
  }
}

/** Names of the metrics that a loss comes with. */
export function metricsOf(loss: OutputLoss): readonly MetricKind[] {
  const regression = loss.kind === 'meanSquaredError' || loss.kind === 'meanAbsoluteError'
  return regression ? ['meanAbsoluteError'] : ['accuracy']
}

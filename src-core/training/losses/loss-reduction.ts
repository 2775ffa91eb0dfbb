import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { LossKind } from '../run-config.ts'
import type { OutputLoss } from './output-loss.ts'

/** How the losses of a sample's values become the sample's loss. */
export const lossReductions = ['mean', 'sum'] as const

/** Losses that are means over the values of a sample. */
const meansOverValues: ReadonlySet<LossKind> = new Set<LossKind>([
  'binaryCrossentropy',
  'binaryFocalCrossentropy',
  'meanSquaredError',
  'meanAbsoluteError',
  'meanAbsolutePercentageError',
  'meanSquaredLogarithmicError',
  'huber',
  'logCosh',
  'poisson',
  'hinge',
  'squaredHinge',
])

/** The loss of every sample as the output wants it; `mean` is what the formulas give. */
export function reduceValues(
  builder: GraphBuilder,
  { kind, parameters }: OutputLoss,
  prediction: TensorValue,
  mean: TensorValue,
): TensorValue {
  const values = elementCount(prediction.shape.slice(1))
  if (parameters?.reduction !== 'sum' || !meansOverValues.has(kind) || values === 1) return mean
  return builder.apply('Mul', [mean, builder.scalar(values)])
}

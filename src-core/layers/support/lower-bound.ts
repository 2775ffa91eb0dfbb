import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { real } from '../parameter-fields.ts'

/** The bound of functions that are not defined for, or have no slope at, small values; by default Keras' epsilon. */
export const smallestField = real({
  label: 'Smallest value',
  description: 'Smaller values of x are treated as this, so that results and gradients stay finite.',
  default: 1e-7,
  min: 1e-12,
  max: 1000,
  step: 1e-7,
  advanced: true,
})

/** max(x, smallest); below the bound there is no gradient. */
export function atLeast(builder: GraphBuilder, x: TensorValue, smallest: number): TensorValue {
  return builder.apply('Max', [x, builder.scalar(smallest)])
}

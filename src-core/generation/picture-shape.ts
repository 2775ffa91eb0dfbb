import type { ModelPlan } from '../compile/model-plan.ts'
import { elementCount, type Shape } from '../tensor-graph/types.ts'
import { plannedLayer } from '../training/planned-layer.ts'

/**
 * The picture [channels, height, width] that values of this shape make, with 1 or 3 channels. A list becomes what the
 * model's inputs or `known` images of as many values are, else a square. `undefined` where it is no picture.
 */
export function pictureShape(shape: Shape, plan: ModelPlan, known: readonly Shape[]): Shape | undefined {
  if (shape.length === 3) return asPicture(shape)
  if (shape.length === 2) return [1, ...shape]
  if (shape.length !== 1) return undefined
  const count = elementCount(shape)
  const inputs = plan.inputIds.map((id) => plannedLayer(plan, id).outputShape)
  const alike = [...inputs, ...known].find((each) => each.length > 1 && elementCount(each) === count)
  if (alike) return alike.length === 2 ? [1, ...alike] : asPicture(alike)
  const side = Math.sqrt(count)
  return Number.isInteger(side) && side > 1 ? [1, side, side] : undefined
}

function asPicture(shape: Shape): Shape | undefined {
  return shape.length === 3 && (shape[0] === 1 || shape[0] === 3) ? shape : undefined
}

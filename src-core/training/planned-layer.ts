import type { ModelPlan, PlannedLayer } from '../compile/model-plan.ts'

/** The planned layer with an id. Throws when there is none. */
export function plannedLayer(plan: ModelPlan, layerId: string): PlannedLayer {
  const layer = plan.layers.find(({ id }) => id === layerId)
  if (!layer) throw new Error(`the plan has no layer ${layerId}`)
  return layer
}

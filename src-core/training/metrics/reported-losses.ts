import type { ModelPlan } from '../../compile/model-plan.ts'
import { layerDefinition } from '../../layers/catalogue.ts'
import type { ReportedLoss } from '../../layers/define-layer.ts'

/** Losses that the layers of a model report by themselves, each once, in the order of the layers. */
export function reportedLosses(plan: ModelPlan): readonly ReportedLoss[] {
  return [...new Set(plan.layers.flatMap(({ kind }) => layerDefinition(kind)?.reportedLosses ?? []))]
}

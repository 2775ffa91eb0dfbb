import type { ModelPlan } from '../../compile/model-plan.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import { plannedLayer } from '../planned-layer.ts'
import { recipeMetricNames } from '../recipes/recipe-metrics.ts'
import { outputMetrics } from './output-metrics.ts'
import { outputsLoss } from './reported-loss-titles.ts'
import { reportedLosses } from './reported-losses.ts'

/** Names of everything that is reported of an epoch, as the objective's sums will have them. */
export function reportedMetrics(plan: ModelPlan, losses: ReadonlyMap<string, OutputLoss>): string[] {
  if (plan.recipe) return recipeMetricNames(plan.recipe)
  const several = losses.size > 1
  const ofOutputs = [...losses].flatMap(([id, loss]) => {
    const own = outputMetrics(loss).map(({ name }) => name)
    if (!several) return own
    const output = plannedLayer(plan, id).name
    return ['loss', ...own].map((name) => `${output}.${name}`)
  })
  const ofLayers = reportedLosses(plan)
  return ['loss', ...ofOutputs, ...(ofLayers.length > 0 ? [outputsLoss, ...ofLayers] : [])]
}

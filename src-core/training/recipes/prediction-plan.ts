import type { ModelPlan } from '../../compile/model-plan.ts'
import { adversarialParts, realPort } from './adversarial-parts.ts'

/**
 * The part of a model that predicts: all of it, but of a GAN the discriminator, which judges real samples. Its generator
 * is a model of its own, see generatorDocument.
 */
export function predictionPlan(plan: ModelPlan): ModelPlan {
  if (plan.recipe?.kind !== 'adversarial') return plan
  const { pair, real, judging } = adversarialParts(plan)
  const kept = new Set([...real, ...judging].map(({ id }) => id))
  const layers = plan.layers.flatMap((layer) => {
    if (layer.id === pair.id)
      return [{ ...layer, inputs: layer.inputs.filter(({ port }) => port === realPort) }]
    return kept.has(layer.id) ? [layer] : []
  })
  return { ...plan, layers, inputIds: plan.inputIds.filter((id) => kept.has(id)) }
}

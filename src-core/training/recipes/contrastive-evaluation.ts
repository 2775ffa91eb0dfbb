import type { PlannedLayer } from '../../compile/model-plan.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { weightPenalties } from '../objective.ts'
import { groupWeights, weightTensor } from '../weight-groups.ts'
import { drawsNoise } from './draws-noise.ts'
import type { RecipeEvaluation } from './evaluate-recipe.ts'
import { contrastiveObjective, lowerViews } from './lower-contrastive.ts'
import type { ContrastiveRecipe } from './recipe-config.ts'

/**
 * The sums of a batch: two views as in training, because without what makes them differ there is nothing to tell apart.
 * Everything else, batch normalisation above all, acts as when predicting.
 */
export function contrastiveEvaluation(inputs: RecipeEvaluation, recipe: ContrastiveRecipe): TensorValue {
  const { builder, plan, weights } = inputs
  const varying = new Set(plan.layers.filter(varies).map(({ id }) => id))
  const views = lowerViews({
    builder,
    plan,
    batchSize: inputs.batchSize,
    training: ({ id }) => varying.has(id),
    inputs: inputs.features,
    weight: (name) => weightTensor(weights, name),
    updateWeight: (name) => {
      throw new Error(`${name} is updated outside of training`)
    },
    random: inputs.random,
  })
  const penalties = [...weightPenalties(builder, groupWeights(plan), weights), ...views.penalties]
  return contrastiveObjective(builder, recipe, views.embeddings, inputs.sampleWeight, penalties).sums
}

/** Layers that keep statistics predict with them, whatever noise they might draw besides. */
function varies(layer: PlannedLayer): boolean {
  const keepsStatistics = layer.weights.some(({ trainable, frozen }) => !trainable && frozen !== true)
  return layer.kind !== 'input' && !keepsStatistics && drawsNoise(layer)
}

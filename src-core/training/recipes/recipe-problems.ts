import type { ModelPlan } from '../../compile/model-plan.ts'
import { type Problem, problem } from '../../problems.ts'
import type { TrainingSettings } from '../run-config.ts'
import { noiseKind, pairKind } from './adversarial-parts.ts'
import { adversarialProblems } from './adversarial-problems.ts'
import { contrastiveProblems } from './contrastive-problems.ts'
import { adversarialSchema } from './recipe-config.ts'

/** Where a planned model and the recipe that it is to be trained by do not go together (`recipe.drawing`). */
export function recipeProblems(plan: ModelPlan, training: TrainingSettings): Problem[] {
  const { recipe } = training
  if (recipe?.kind === 'adversarial') return adversarialProblems(plan, recipe)
  const foreign = foreignLayers(plan, training)
  return foreign.length > 0 || recipe === undefined ? foreign : contrastiveProblems(plan)
}

/** Layers that only a GAN has a use for. */
function foreignLayers(plan: ModelPlan, training: TrainingSettings): Problem[] {
  const used = training.recipe === undefined ? 'supervised' : training.recipe.kind
  const pair = plan.layers.find(({ kind }) => kind === pairKind)
  const found = pair ?? plan.layers.find(({ kind }) => kind === noiseKind)
  if (!found) return []
  const message = `${found.name} is a part of a GAN, but the training is ${used}.`
  const fix = {
    label: 'Train as a GAN',
    edits: [
      {
        type: 'setTraining' as const,
        training: { ...training, recipe: adversarialSchema.parse({ kind: 'adversarial' }) },
      },
    ],
  }
  return [
    problem('recipe.drawing', message, {
      hint: pair
        ? 'Choose the recipe adversarial in the training settings.'
        : 'Remove it, or draw a GAN; to disturb a layer’s input, use GaussianNoise.',
      layerId: found.id,
      ...(pair && { fix }),
    }),
  ]
}

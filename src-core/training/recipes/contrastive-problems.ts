import type { ModelPlan } from '../../compile/model-plan.ts'
import { type Problem, problem } from '../../problems.ts'
import { formatShape } from '../../shapes/format-shape.ts'
import { plannedLayer } from '../planned-layer.ts'
import { drawsNoise } from './draws-noise.ts'

/** What keeps a planned model from being trained on two views of its samples. */
export function contrastiveProblems(plan: ModelPlan): Problem[] {
  const [outputId, otherId] = plan.outputIds
  if (outputId === undefined) return []
  if (otherId !== undefined) {
    const message = `Contrastive training takes one output, the embedding, but this model has ${plan.outputIds.length}.`
    return [problem('recipe.drawing', message, { hint: 'Remove the others.', layerId: otherId })]
  }
  const output = plannedLayer(plan, outputId)
  return [...shapeProblems(output.name, outputId, output.outputShape), ...viewProblems(plan, outputId)]
}

function shapeProblems(name: string, layerId: string, shape: readonly number[]): Problem[] {
  if (shape.length === 1 && (shape[0] ?? 0) > 1) return []
  const message = `Contrastive training compares vectors, but ${name} gets ${formatShape(shape)}.`
  const hint =
    'End the model in a Dense layer with several units: the projection. Put Flatten or global pooling before it.'
  return [problem('recipe.drawing', message, { hint, layerId })]
}

function viewProblems(plan: ModelPlan, layerId: string): Problem[] {
  const varies = plan.layers.some((layer) => layer.kind !== 'input' && drawsNoise(layer))
  if (varies) return []
  return [
    problem(
      'recipe.drawing',
      'Nothing in this model differs between two views of a sample, so there is nothing to learn.',
      {
        hint: 'Put layers of the family Augmentation behind the input, such as RandomCrop or RandomRotation.',
        layerId,
      },
    ),
  ]
}

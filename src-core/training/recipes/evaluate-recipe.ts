import { assertNever } from '../../assert-never.ts'
import type { ModelPlan } from '../../compile/model-plan.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import { adversarialEvaluation } from './adversarial-evaluation.ts'
import { contrastiveEvaluation } from './contrastive-evaluation.ts'
import type { Recipe } from './recipe-config.ts'

/** What a batch is scored with under a recipe. */
export interface RecipeEvaluation {
  readonly builder: GraphBuilder
  readonly plan: ModelPlan
  readonly batchSize: number
  /** Normalised batches by id of the input layer. */
  readonly features: ReadonlyMap<string, TensorValue>
  /** By full name. */
  readonly weights: ReadonlyMap<string, TensorValue>
  /** float32 [batch]. */
  readonly sampleWeight: TensorValue
  random(key: string, shape: Shape): TensorValue
}

/** The sums of a batch, as recipeLayout names them, [1, sums]. */
export function evaluateRecipe(inputs: RecipeEvaluation, recipe: Recipe): TensorValue {
  switch (recipe.kind) {
    case 'adversarial':
      return adversarialEvaluation(inputs, recipe)
    case 'contrastive':
      return contrastiveEvaluation(inputs, recipe)
    default:
      return assertNever(recipe)
  }
}

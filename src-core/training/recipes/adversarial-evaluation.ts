import type { TensorValue } from '../../tensor-graph/types.ts'
import { weightPenalties } from '../objective.ts'
import { groupWeights, weightTensor } from '../weight-groups.ts'
import { adversarialParts, noiseKind } from './adversarial-parts.ts'
import type { RecipeEvaluation } from './evaluate-recipe.ts'
import {
  type AdversarialPasses,
  adversarialSums,
  lossOfDiscriminator,
  lossOfGenerator,
  lowerGenerated,
  lowerReal,
  lowerScores,
} from './lower-adversarial.ts'
import type { AdversarialRecipe } from './recipe-config.ts'

/** The sums of a GAN on a batch, without updates: one pass of samples, one of generated ones from fresh noise. */
export function adversarialEvaluation(inputs: RecipeEvaluation, recipe: AdversarialRecipe): TensorValue {
  const { builder, plan, sampleWeight, weights } = inputs
  const parts = adversarialParts(plan)
  const passes: AdversarialPasses = {
    parts,
    lowering: {
      builder,
      plan,
      batchSize: inputs.batchSize,
      training: ({ kind }) => kind === noiseKind,
      inputs: inputs.features,
    },
    random: inputs.random,
  }
  const held = {
    weight: (name: string) => weightTensor(weights, name),
    updateWeight: (name: string) => {
      throw new Error(`${name} is updated outside of training`)
    },
  }
  const generated = lowerGenerated(passes, held, 'generator')
  const samples = lowerReal(passes, held, 'samples')
  const real = lowerScores(passes, held, 'real', samples.value)
  const told = lowerScores(passes, held, 'generated', generated.value)
  const scores = { real: real.value, generated: told.value }
  const penaltiesOf = (layers: typeof parts.generator) =>
    weightPenalties(builder, groupWeights({ ...plan, layers }), weights)
  const discriminator = lossOfDiscriminator(builder, recipe, scores, sampleWeight, [
    ...penaltiesOf(parts.discriminator),
    ...real.penalties,
    ...told.penalties,
  ])
  const generator = lossOfGenerator(builder, recipe, told.value, sampleWeight, [
    ...penaltiesOf(parts.generator),
    ...generated.penalties,
  ])
  return adversarialSums(builder, recipe, sampleWeight, scores, discriminator.perSample, generator.perSample)
}

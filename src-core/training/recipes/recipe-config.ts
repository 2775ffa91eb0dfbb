import { z } from 'zod'

/** How the two networks of a GAN are played against each other; see adversarial-losses.ts for the formulas. */
export const adversarialLosses = ['nonSaturating', 'leastSquares', 'hinge', 'wasserstein'] as const
export type AdversarialLoss = (typeof adversarialLosses)[number]

/** A generator learns to make what a discriminator takes for real. */
export const adversarialSchema = z.object({
  kind: z.literal('adversarial'),
  loss: z.enum(adversarialLosses).default('nonSaturating'),
  /** Updates of the discriminator for each one of the generator. */
  discriminatorSteps: z.int().min(1).max(20).default(1),
  /** The discriminator's share of the learning rate. */
  discriminatorLearningRateFactor: z.number().positive().max(1000).default(1),
  /** One-sided: real samples are to be told with 1 minus this. */
  labelSmoothing: z.number().min(0).max(0.5).default(0),
})
export type AdversarialRecipe = z.output<typeof adversarialSchema>

/** Two views of a sample are to lie closer together than those of different samples. */
export const contrastiveSchema = z.object({
  kind: z.literal('contrastive'),
  /** What similarities are divided by: small ones make the nearest others count most. */
  temperature: z.number().min(0.01).max(10).default(0.5),
})
export type ContrastiveRecipe = z.output<typeof contrastiveSchema>

/** What one step of training does, where it is not plain descent of the outputs' losses against targets. */
export const recipeSchema = z.discriminatedUnion('kind', [adversarialSchema, contrastiveSchema])
export type Recipe = z.output<typeof recipeSchema>
export type RecipeKind = Recipe['kind']

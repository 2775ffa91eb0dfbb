import { z } from 'zod'
import { beta } from './optimizers/optimizer-schemas.ts'

/** value: every element; norm: every weight by its own length; globalNorm: all weights by their common length. */
export const clippingKinds = ['value', 'norm', 'globalNorm'] as const
export type ClippingKind = (typeof clippingKinds)[number]

/** Keras 3's `clipvalue`, `clipnorm` and `global_clipnorm`, of which an optimizer takes one. */
export const clippingSchema = z.object({
  kind: z.enum(clippingKinds),
  limit: z.number().positive(),
})
export type ClippingConfig = z.output<typeof clippingSchema>

/**
 * Keras 3's `use_ema` and `ema_momentum`: validation, test and everything that is done with the trained model use the
 * exponential moving average of the weights.
 */
export const weightAverageSchema = z.object({
  /** How much of the average stays at every step. */
  momentum: beta.default(0.99),
})
export type WeightAverageConfig = z.output<typeof weightAverageSchema>

/**
 * What is done with gradients and weights besides the optimizer's own formula. All may be left out, so that documents
 * that use none of it do not mention it.
 */
export const weightUpdateFields = {
  clipping: clippingSchema.optional(),
  /** Batches whose mean gradient makes one step of the optimizer, as Keras 3's `gradient_accumulation_steps`. */
  gradientAccumulationSteps: z.int().min(1).max(1000).optional(),
  /** Leaves biases and the weights of normalization layers out of weight decay. */
  excludeFromWeightDecay: z.boolean().optional(),
  weightAverage: weightAverageSchema.optional(),
}

const weightUpdateSchema = z.object(weightUpdateFields)
export type WeightUpdateSettings = z.output<typeof weightUpdateSchema>

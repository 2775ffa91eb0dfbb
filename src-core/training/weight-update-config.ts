import { z } from 'zod'

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
 * What is done with gradients and weights besides the optimizer's own formula. All may be left out, so that documents
 * that use none of it do not mention it.
 */
export const weightUpdateFields = {
  clipping: clippingSchema.optional(),
  /** Batches whose mean gradient makes one step of the optimizer, as Keras 3's `gradient_accumulation_steps`. */
  gradientAccumulationSteps: z.int().min(1).max(1000).optional(),
}

const weightUpdateSchema = z.object(weightUpdateFields)
export type WeightUpdateSettings = z.output<typeof weightUpdateSchema>

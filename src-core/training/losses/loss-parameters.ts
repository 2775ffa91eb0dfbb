import { z } from 'zod'
import { lossReductions } from './loss-reduction.ts'

/** Numbers in the formulas of losses. Each loss reads its own and ignores the others. */
export const lossParametersSchema = z.object({
  /** What becomes of the losses of a sample's values. */
  reduction: z.enum(lossReductions).default('mean'),
  /** Cross-entropies: the share of a target that is spread over all classes. */
  labelSmoothing: z.number().default(0),
  /** Focal cross-entropies: factor of all classes, or of class 1 where `classBalancing`. */
  focalAlpha: z.number().default(0.25),
  /** Focal cross-entropies: the power of the factor that quietens easy samples. */
  focalGamma: z.number().default(2),
  /** Binary focal cross-entropy: class 1 counts `focalAlpha`, class 0 the rest to 1. */
  classBalancing: z.boolean().default(false),
  /** Huber: the error from which the loss grows linearly. */
  delta: z.number().default(1),
  /** Tversky: weight of what belongs to the target and was not predicted. */
  tverskyAlpha: z.number().default(0.5),
  /** Tversky: weight of what was predicted and does not belong to the target. */
  tverskyBeta: z.number().default(0.5),
  /** Supervised contrastive: what similarities are divided by. */
  temperature: z.number().default(0.1),
  /** Triplet: by how much other classes shall be further away, in squared distance between points of length 1. */
  margin: z.number().default(0.2),
})
export type LossParameters = z.output<typeof lossParametersSchema>

/** Keras 3's defaults; those of the papers for losses that Keras does not have. */
export const defaultLossParameters: LossParameters = lossParametersSchema.parse({})

import { z } from 'zod'

/** How a text is written on by a model. */
export const textSettingsSchema = z.object({
  /** What the text begins with. */
  prompt: z.string().min(1).max(100_000),
  /** How many tokens are written. */
  length: z.int().min(1).max(20_000).default(300),
  /** Below 1 the likely becomes likelier, above 1 less so; 0 always takes the likeliest. */
  temperature: z.number().min(0).max(10).default(0.8),
  /** Draw from so many of the likeliest tokens; 0 is all of them. */
  topK: z.int().min(0).max(1_000_000).default(0),
  /** The same seed gives the same text. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
})
export type TextSettings = z.output<typeof textSettingsSchema>

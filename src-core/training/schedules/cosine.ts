import { z } from 'zod'
import { lengthInSteps, lengthSchema, type Schedule, type ScheduleSpan } from './length.ts'

/** Falls along half a cosine, as Keras's CosineDecay. */
export const cosineScheduleSchema = z.object({
  kind: z.literal('cosine'),
  /** null: the whole run. */
  decayLength: lengthSchema.nullable().default(null),
  /** The share of the learning rate that stays in the end. */
  alpha: z.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1').default(0),
})
export type CosineScheduleConfig = z.output<typeof cosineScheduleSchema>

/**
 * base · ((1 − alpha) · ½ (1 + cos(π · step / decaySteps)) + alpha), then alpha · base.
 * Source: keras.optimizers.schedules.CosineDecay (Loshchilov & Hutter, 2016).
 */
export function cosineSchedule(base: number, config: CosineScheduleConfig, span: ScheduleSpan): Schedule {
  const decaySteps = lengthInSteps(config.decayLength, span)
  return (step) => {
    const share = Math.min(step, decaySteps) / decaySteps
    return base * ((1 - config.alpha) * cosineFall(share) + config.alpha)
  }
}

/** From 1 at share 0 to 0 at share 1 along half a cosine. */
export function cosineFall(share: number): number {
  return (1 + Math.cos(Math.PI * share)) / 2
}

import { z } from 'zod'
import { lengthInSteps, lengthSchema, type Schedule, type ScheduleSpan } from './length.ts'

/** A constant share is lost over every decay length, as Keras's ExponentialDecay. */
export const exponentialScheduleSchema = z.object({
  kind: z.literal('exponential'),
  /** null: the whole run. */
  decayLength: lengthSchema.nullable().default(null),
  decayRate: z.number().gt(0, 'must be above 0').max(1, 'must be at most 1').default(0.1),
  /** In stairs, one per decay length, instead of smoothly. */
  staircase: z.boolean().default(false),
})
export type ExponentialScheduleConfig = z.output<typeof exponentialScheduleSchema>

/** base · decayRate^(step / decaySteps). Source: keras.optimizers.schedules.ExponentialDecay. */
export function exponentialSchedule(
  base: number,
  config: ExponentialScheduleConfig,
  span: ScheduleSpan,
): Schedule {
  const decaySteps = lengthInSteps(config.decayLength, span)
  return (step) => {
    const lengths = step / decaySteps
    return base * config.decayRate ** (config.staircase ? Math.floor(lengths) : lengths)
  }
}

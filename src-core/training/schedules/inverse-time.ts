import { z } from 'zod'
import { lengthInSteps, lengthSchema, type Schedule, type ScheduleSpan } from './length.ts'

/** Falls as 1 / time: fast at first, then ever more slowly, as Keras's InverseTimeDecay. */
export const inverseTimeScheduleSchema = z.object({
  kind: z.literal('inverseTime'),
  /** null: the whole run. */
  decayLength: lengthSchema.nullable().default({ unit: 'epochs', count: 1 }),
  decayRate: z.number().gt(0, 'must be above 0').max(1e6).default(1),
  /** In stairs, one per decay length, instead of smoothly. */
  staircase: z.boolean().default(false),
})
export type InverseTimeScheduleConfig = z.output<typeof inverseTimeScheduleSchema>

/** base / (1 + decayRate · step / decaySteps). Source: keras.optimizers.schedules.InverseTimeDecay. */
export function inverseTimeSchedule(
  base: number,
  config: InverseTimeScheduleConfig,
  span: ScheduleSpan,
): Schedule {
  const decaySteps = lengthInSteps(config.decayLength, span)
  return (step) => {
    const lengths = step / decaySteps
    return base / (1 + config.decayRate * (config.staircase ? Math.floor(lengths) : lengths))
  }
}

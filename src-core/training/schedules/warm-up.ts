import { z } from 'zod'
import { lengthSchema, type Schedule } from './length.ts'

/** A straight line up to the schedule's first rate, before the schedule begins. */
export const warmUpSchema = z.object({
  length: lengthSchema.prefault({ unit: 'epochs', count: 1 }),
  /** It starts at this share of the schedule's first rate. */
  startFactor: z.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1').default(0),
})
export type WarmUp = z.output<typeof warmUpSchema>

/**
 * start + (target − start) · step / steps for as many steps, then the schedule from its beginning; the target is the
 * schedule's first rate. Source: the warm-up of keras.optimizers.schedules.CosineDecay.
 */
export function withWarmUp(steps: number, startFactor: number, schedule: Schedule): Schedule {
  return (step) => {
    if (step >= steps) return schedule(step - steps)
    const target = schedule(0)
    const start = startFactor * target
    return start + ((target - start) * step) / steps
  }
}

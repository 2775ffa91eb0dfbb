import { z } from 'zod'
import { lengthInSteps, lengthSchema, type Schedule, type ScheduleSpan } from './length.ts'

/** Falls to an end rate along a power of the time left, as Keras's PolynomialDecay; with power 1 in a straight line. */
export const polynomialScheduleSchema = z.object({
  kind: z.literal('polynomial'),
  /** null: the whole run. */
  decayLength: lengthSchema.nullable().default(null),
  /** 0 rather than Keras's 0.0001, which is more than many optimizers start with. */
  endLearningRate: z.number().min(0, 'must be 0 or more').max(10).default(0),
  power: z.number().gt(0, 'must be above 0').max(100).default(1),
  /** Start over from a longer decay length instead of staying at the end rate. */
  cycle: z.boolean().default(false),
})
export type PolynomialScheduleConfig = z.output<typeof polynomialScheduleSchema>

/**
 * (base − end) · (1 − step / decaySteps)^power + end. With `cycle` the decay length grows to the next multiple that
 * holds the step. Source: keras.optimizers.schedules.PolynomialDecay.
 */
export function polynomialSchedule(
  base: number,
  config: PolynomialScheduleConfig,
  span: ScheduleSpan,
): Schedule {
  const { endLearningRate, power, cycle } = config
  const decaySteps = lengthInSteps(config.decayLength, span)
  return (step) => {
    const length = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps
    const share = Math.min(step, length) / length
    return (base - endLearningRate) * (1 - share) ** power + endLearningRate
  }
}

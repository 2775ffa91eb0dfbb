import { z } from 'zod'
import { cosineFall } from './cosine.ts'
import { lengthInSteps, lengthSchema, type Schedule, type ScheduleSpan } from './length.ts'

/** Cosine decays one after the other, each as long or longer, as Keras's CosineDecayRestarts. */
export const cosineRestartsScheduleSchema = z.object({
  kind: z.literal('cosineRestarts'),
  /** Of the first decay; null: the whole run, without a restart. */
  firstDecayLength: lengthSchema.nullable().default({ unit: 'epochs', count: 1 }),
  /** How many times as long each decay is as the one before. */
  tMul: z.number().min(1, 'must be 1 or more').max(100).default(2),
  /** How many times as high each decay starts as the one before. */
  mMul: z.number().gt(0, 'must be above 0').max(1, 'must be at most 1').default(1),
  /** The share of the learning rate that stays at the end of each decay. */
  alpha: z.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1').default(0),
})
export type CosineRestartsScheduleConfig = z.output<typeof cosineRestartsScheduleSchema>

/**
 * In the i-th decay, of firstDecaySteps · tMul^i steps: base · ((1 − alpha) · mMul^i · ½ (1 + cos(π · share)) + alpha).
 * Source: keras.optimizers.schedules.CosineDecayRestarts (Loshchilov & Hutter, 2016). Keras finds i by a logarithm; here
 * the lengths are added up, so that rounding cannot take a restart for the end of the decay before it.
 */
export function cosineRestartsSchedule(
  base: number,
  config: CosineRestartsScheduleConfig,
  span: ScheduleSpan,
): Schedule {
  const { tMul, mMul, alpha } = config
  const firstDecaySteps = lengthInSteps(config.firstDecayLength, span)
  return (step) => {
    const { index, share } = decayOf(step, firstDecaySteps, tMul)
    return base * ((1 - alpha) * mMul ** index * cosineFall(share) + alpha)
  }
}

/** Which decay a step is in, and what share of it has passed. */
function decayOf(step: number, firstLength: number, tMul: number): { index: number; share: number } {
  if (tMul === 1) {
    const index = Math.floor(step / firstLength)
    return { index, share: (step - index * firstLength) / firstLength }
  }
  let index = 0
  let start = 0
  let length = firstLength
  while (step >= start + length) {
    index += 1
    start += length
    length *= tMul
  }
  return { index, share: (step - start) / length }
}

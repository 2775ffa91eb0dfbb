import { z } from 'zod'
import { cosineFall } from './cosine.ts'
import { lengthInSteps, lengthSchema, type Schedule, type ScheduleSpan } from './length.ts'

/** Up to the learning rate, then down to nearly nothing, as PyTorch's OneCycleLR. Momentum is not cycled. */
export const oneCycleScheduleSchema = z.object({
  kind: z.literal('oneCycle'),
  /** null: the whole run. */
  totalLength: lengthSchema.nullable().default(null),
  /** The share of the cycle that goes up. */
  pctStart: z.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1').default(0.3),
  annealStrategy: z.enum(['cosine', 'linear']).default('cosine'),
  /** It starts at the learning rate divided by this. */
  divFactor: z.number().min(1, 'must be 1 or more').max(1e9).default(25),
  /** It ends at the first rate divided by this. */
  finalDivFactor: z.number().min(1, 'must be 1 or more').max(1e9).default(1e4),
})
export type OneCycleScheduleConfig = z.output<typeof oneCycleScheduleSchema>

/**
 * From base / divFactor to base by step pctStart · total − 1, and to base / divFactor / finalDivFactor by step
 * total − 1, where it stays. The optimizer's learning rate is the highest.
 * Source: torch.optim.lr_scheduler.OneCycleLR with two phases (Smith & Topin, 2017).
 */
export function oneCycleSchedule(base: number, config: OneCycleScheduleConfig, span: ScheduleSpan): Schedule {
  const total = lengthInSteps(config.totalLength, span)
  const first = base / config.divFactor
  const last = first / config.finalDivFactor
  const top = config.pctStart * total - 1
  const between = (from: number, to: number, share: number) =>
    config.annealStrategy === 'cosine' ? to + (from - to) * cosineFall(share) : from + (to - from) * share
  return (step) => {
    if (step <= top) return between(first, base, passed(step, 0, top))
    const start = Math.max(0, top)
    return between(base, last, passed(Math.min(step, total - 1), start, total - 1))
  }
}

/** The share of a phase that has passed; a phase without steps is over. */
function passed(step: number, start: number, end: number): number {
  return end > start ? (step - start) / (end - start) : 1
}

import { z } from 'zod'
import { lengthInSteps, lengthSchema, type Schedule, type ScheduleSpan } from './length.ts'

/** Up and down again and again, as PyTorch's CyclicLR. Momentum is not cycled. */
export const cyclicalScheduleSchema = z.object({
  kind: z.literal('cyclical'),
  /** triangular: always as high; triangular2: half as high each time; expRange: lower by gamma with every step. */
  mode: z.enum(['triangular', 'triangular2', 'expRange']).default('triangular'),
  /** The top is the learning rate times this. */
  maxFactor: z.number().gt(1, 'must be above 1').max(1e6).default(4),
  /** null: the whole run. */
  lengthUp: lengthSchema.nullable().default({ unit: 'epochs', count: 2 }),
  /** null: as long as the way up. */
  lengthDown: lengthSchema.nullable().default(null),
  /** Of expRange. */
  gamma: z.number().gt(0, 'must be above 0').max(1, 'must be at most 1').default(0.999),
})
export type CyclicalScheduleConfig = z.output<typeof cyclicalScheduleSchema>

/**
 * base + (top − base) · how far the step is up its triangle · the scale of the mode: 1, ½^cycle or gamma^step.
 * The optimizer's learning rate is the lowest. Source: torch.optim.lr_scheduler.CyclicLR (Smith, 2015).
 */
export function cyclicalSchedule(base: number, config: CyclicalScheduleConfig, span: ScheduleSpan): Schedule {
  const up = lengthInSteps(config.lengthUp, span)
  const down = config.lengthDown === null ? up : lengthInSteps(config.lengthDown, span)
  const height = base * (config.maxFactor - 1)
  return (step) => {
    const cycle = Math.floor(step / (up + down))
    const at = step - cycle * (up + down)
    const climbed = at <= up ? at / up : (up + down - at) / down
    return base + height * climbed * scale(config, cycle, step)
  }
}

function scale({ mode, gamma }: CyclicalScheduleConfig, cycle: number, step: number): number {
  if (mode === 'triangular') return 1
  return mode === 'triangular2' ? 0.5 ** cycle : gamma ** step
}

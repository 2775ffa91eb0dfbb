import { z } from 'zod'
import { lengthInSteps, lengthSchema, type Schedule, type ScheduleSpan } from './length.ts'

/** A factor at regular distances, as PyTorch's StepLR. */
export const stepScheduleSchema = z.object({
  kind: z.literal('step'),
  /** null: the whole run, so that nothing changes. */
  every: lengthSchema.nullable().default({ unit: 'epochs', count: 5 }),
  factor: z.number().gt(0, 'must be above 0').max(1, 'must be at most 1').default(0.1),
})
export type StepScheduleConfig = z.output<typeof stepScheduleSchema>

/** base · factor^⌊step / every⌋. Source: torch.optim.lr_scheduler.StepLR. */
export function stepSchedule(base: number, config: StepScheduleConfig, span: ScheduleSpan): Schedule {
  const every = lengthInSteps(config.every, span)
  return (step) => base * config.factor ** Math.floor(step / every)
}

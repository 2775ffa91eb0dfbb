import { z } from 'zod'
import { lengthInSteps, type Schedule, type ScheduleSpan } from './length.ts'

const pieceSchema = z.object({
  /** In the unit of the schedule, from its start. */
  at: z.number().gt(0, 'must be above 0').max(1e9),
  /** Of the optimizer's learning rate, from there on. */
  factor: z.number().gt(0, 'must be above 0').max(1000),
})

/** A rate of its own for every stretch of training. */
export const piecewiseScheduleSchema = z.object({
  kind: z.literal('piecewise'),
  unit: z.enum(['epochs', 'steps']).default('epochs'),
  pieces: z
    .array(pieceSchema)
    .min(1, 'must name at least one change')
    .max(100)
    .refine((pieces) => pieces.every(({ at }, index) => at > (pieces[index - 1]?.at ?? 0)), {
      message: 'changes must come in ascending order',
    })
    .default([
      { at: 5, factor: 0.1 },
      { at: 8, factor: 0.01 },
    ]),
})
export type PiecewiseScheduleConfig = z.output<typeof piecewiseScheduleSchema>

/**
 * base · the factor of the last change that has been reached. A change `at` step n holds from the step after n steps on,
 * as torch.optim.lr_scheduler.MultiStepLR has it; keras PiecewiseConstantDecay with boundary n changes one step later.
 */
export function piecewiseSchedule(
  base: number,
  { unit, pieces }: PiecewiseScheduleConfig,
  span: ScheduleSpan,
): Schedule {
  const changes = pieces.map(({ at, factor }) => ({
    step: lengthInSteps({ unit, count: at }, span),
    rate: base * factor,
  }))
  return (step) => changes.findLast((change) => step >= change.step)?.rate ?? base
}

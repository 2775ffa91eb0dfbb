import { z } from 'zod'

/** A stretch of training, in epochs (parts of one count too) or in optimizer steps. */
export const lengthSchema = z.object({
  unit: z.enum(['epochs', 'steps']),
  count: z.number({ error: 'must be a number above 0' }).gt(0, 'must be above 0').max(1e9),
})
export type Length = z.output<typeof lengthSchema>

/** What a schedule spans: the steps it has to itself, without the warm-up. */
export interface ScheduleSpan {
  readonly stepsPerEpoch: number
  readonly totalSteps: number
}

/** The learning rate of an optimizer step, counted from 0 at the start of the schedule. */
export type Schedule = (step: number) => number

/** A length in whole optimizer steps, at least 1; null is everything the schedule spans. */
export function lengthInSteps(length: Length | null, { stepsPerEpoch, totalSteps }: ScheduleSpan): number {
  if (length === null) return Math.max(1, totalSteps)
  return Math.max(1, Math.round(length.unit === 'epochs' ? length.count * stepsPerEpoch : length.count))
}

/** For sentences: `5 epochs`, `1 step`. */
export function lengthText({ unit, count }: Length): string {
  return count === 1 ? `1 ${unit === 'epochs' ? 'epoch' : 'step'}` : `${count} ${unit}`
}

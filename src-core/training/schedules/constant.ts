import { z } from 'zod'
import type { Schedule } from './length.ts'

/** The optimizer's learning rate from the first step to the last. */
export const constantScheduleSchema = z.object({ kind: z.literal('constant') })

/** The same rate at every step. */
export function constantSchedule(base: number): Schedule {
  return () => base
}

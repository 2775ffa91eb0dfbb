import { z } from 'zod'
import { constantScheduleSchema } from './constant.ts'
import { cosineScheduleSchema } from './cosine.ts'
import { cosineRestartsScheduleSchema } from './cosine-restarts.ts'
import { cyclicalScheduleSchema } from './cyclical.ts'
import { exponentialScheduleSchema } from './exponential.ts'
import { inverseTimeScheduleSchema } from './inverse-time.ts'
import { oneCycleScheduleSchema } from './one-cycle.ts'
import { piecewiseScheduleSchema } from './piecewise.ts'
import { polynomialScheduleSchema } from './polynomial.ts'
import { plateauScheduleSchema } from './reduce-on-plateau.ts'
import { stepScheduleSchema } from './step-decay.ts'

/** How the learning rate changes while a model is trained; the optimizer's learning rate is the base. */
export const scheduleSchema = z.discriminatedUnion('kind', [
  constantScheduleSchema,
  stepScheduleSchema,
  piecewiseScheduleSchema,
  exponentialScheduleSchema,
  inverseTimeScheduleSchema,
  polynomialScheduleSchema,
  cosineScheduleSchema,
  cosineRestartsScheduleSchema,
  oneCycleScheduleSchema,
  cyclicalScheduleSchema,
  plateauScheduleSchema,
])
export type ScheduleConfig = z.output<typeof scheduleSchema>
export type ScheduleKind = ScheduleConfig['kind']
export const scheduleKinds = [
  'constant',
  'step',
  'piecewise',
  'exponential',
  'inverseTime',
  'polynomial',
  'cosine',
  'cosineRestarts',
  'oneCycle',
  'cyclical',
  'reduceOnPlateau',
] as const satisfies readonly ScheduleKind[]

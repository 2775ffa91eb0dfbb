import { assertNever } from '../../assert-never.ts'
import type { TrainingSettings } from '../run-config.ts'
import { constantSchedule } from './constant.ts'
import { cosineSchedule } from './cosine.ts'
import { cosineRestartsSchedule } from './cosine-restarts.ts'
import { cyclicalSchedule } from './cyclical.ts'
import { exponentialSchedule } from './exponential.ts'
import { inverseTimeSchedule } from './inverse-time.ts'
import { lengthInSteps, type Schedule, type ScheduleSpan } from './length.ts'
import { oneCycleSchedule } from './one-cycle.ts'
import { piecewiseSchedule } from './piecewise.ts'
import { polynomialSchedule } from './polynomial.ts'
import type { ScheduleConfig } from './schedule-config.ts'
import { stepSchedule } from './step-decay.ts'
import { withWarmUp } from './warm-up.ts'

export type LearningRateSettings = Pick<TrainingSettings, 'epochs' | 'optimizer' | 'schedule' | 'warmUp'>

/** Steps of the warm-up, 0 where there is none. */
export function warmUpSteps(
  { epochs, warmUp }: Pick<LearningRateSettings, 'epochs' | 'warmUp'>,
  stepsPerEpoch: number,
): number {
  const span = { stepsPerEpoch, totalSteps: epochs * stepsPerEpoch }
  return warmUp === null ? 0 : lengthInSteps(warmUp.length, span)
}

/**
 * The learning rate of every optimizer step of a run, steps counted from 0. Lengths that are left open reach to the end
 * of the run. `plateauRate` says what reduceOnPlateau has come to; without it, the rate it starts with.
 */
export function learningRateSchedule(
  settings: LearningRateSettings,
  stepsPerEpoch: number,
  plateauRate?: () => number,
): Schedule {
  const { epochs, optimizer, schedule, warmUp } = settings
  const before = warmUpSteps(settings, stepsPerEpoch)
  const span = { stepsPerEpoch, totalSteps: Math.max(1, epochs * stepsPerEpoch - before) }
  const rates =
    schedule.kind === 'reduceOnPlateau' && plateauRate
      ? plateauRate
      : pureSchedule(optimizer.learningRate, schedule, span)
  return warmUp === null ? rates : withWarmUp(before, warmUp.startFactor, rates)
}

/** A schedule without warm-up, as a function of the step alone: for reduceOnPlateau, before anything was reduced. */
export function pureSchedule(base: number, config: ScheduleConfig, span: ScheduleSpan): Schedule {
  switch (config.kind) {
    case 'constant':
    case 'reduceOnPlateau':
      return constantSchedule(base)
    case 'step':
      return stepSchedule(base, config, span)
    case 'piecewise':
      return piecewiseSchedule(base, config, span)
    case 'exponential':
      return exponentialSchedule(base, config, span)
    case 'inverseTime':
      return inverseTimeSchedule(base, config, span)
    case 'polynomial':
      return polynomialSchedule(base, config, span)
    case 'cosine':
      return cosineSchedule(base, config, span)
    case 'cosineRestarts':
      return cosineRestartsSchedule(base, config, span)
    case 'oneCycle':
      return oneCycleSchedule(base, config, span)
    case 'cyclical':
      return cyclicalSchedule(base, config, span)
    default:
      return assertNever(config)
  }
}

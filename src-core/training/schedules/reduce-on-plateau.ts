import { z } from 'zod'
import { isImprovement, monitorSchema } from './monitor.ts'

/** Lowers the rate when a metric stops getting better, as Keras's ReduceLROnPlateau. */
export const plateauScheduleSchema = z.object({
  kind: z.literal('reduceOnPlateau'),
  monitor: monitorSchema.prefault({}),
  factor: z.number().gt(0, 'must be above 0').lt(1, 'must be below 1').default(0.1),
  /** Epochs without improvement after which the rate is lowered. Keras waits 10, which is a whole run by default here. */
  patience: z.int('must be a whole number').min(1, 'must be 1 or more').max(100_000).default(3),
  /** What is less is no improvement. */
  minDelta: z.number().min(0, 'must be 0 or more').default(1e-4),
  /** Epochs after a reduction that do not count. */
  cooldown: z.int('must be a whole number').min(0, 'must be 0 or more').max(100_000).default(0),
  minLearningRate: z.number().min(0, 'must be 0 or more').max(10).default(0),
})
export type PlateauScheduleConfig = z.output<typeof plateauScheduleSchema>

/** What has to be known to go on: part of every checkpoint. */
export const plateauStateSchema = z.object({
  learningRate: z.number(),
  best: z.number().nullable(),
  /** Epochs since the last improvement. */
  wait: z.int(),
  /** Epochs of cooldown left. */
  cooldown: z.int(),
})
export type PlateauState = z.output<typeof plateauStateSchema>

/** Before the first epoch. */
export function plateauStart(base: number): PlateauState {
  return { learningRate: base, best: null, wait: 0, cooldown: 0 }
}

/**
 * The state after an epoch with this monitored value. Rates are rounded to float32 where Keras holds them in a variable.
 * Source: keras.callbacks.ReduceLROnPlateau.on_epoch_end.
 */
export function plateauAfter(
  config: PlateauScheduleConfig,
  state: PlateauState,
  value: number,
): PlateauState {
  const wasCooling = state.cooldown > 0
  const cooldown = wasCooling ? state.cooldown - 1 : 0
  const waited = wasCooling ? 0 : state.wait
  if (isImprovement(config.monitor.metric, config.minDelta, value, state.best)) {
    return { ...state, best: value, wait: 0, cooldown }
  }
  if (cooldown > 0) return { ...state, wait: waited, cooldown }
  const wait = waited + 1
  const canFall = Math.fround(state.learningRate) > Math.fround(config.minLearningRate)
  if (wait < config.patience || !canFall) return { ...state, wait, cooldown }
  const reduced = Math.max(Math.fround(state.learningRate) * config.factor, config.minLearningRate)
  return { learningRate: Math.fround(reduced), best: state.best, wait: 0, cooldown: config.cooldown }
}

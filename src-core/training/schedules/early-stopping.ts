import { z } from 'zod'
import { lengthText } from './length.ts'
import { isImprovement, monitorSchema, monitorText } from './monitor.ts'

/** Ends training when a metric stops getting better, as Keras's EarlyStopping. */
export const earlyStoppingSchema = z.object({
  monitor: monitorSchema.prefault({}),
  /** Epochs without improvement after which training ends. */
  patience: z.int('must be a whole number').min(1, 'must be 1 or more').max(100_000).default(5),
  /** What is less is no improvement. */
  minDelta: z.number().min(0, 'must be 0 or more').default(0),
  /** Keep the weights of the best epoch instead of the last, also when training was not ended early. */
  restoreBestWeights: z.boolean().default(true),
})
export type EarlyStoppingConfig = z.output<typeof earlyStoppingSchema>

/** What has to be known to go on: part of every checkpoint. */
export const earlyStoppingStateSchema = z.object({
  best: z.number().nullable(),
  /** 1-based; 0 before the first. */
  bestEpoch: z.int(),
  /** Epochs since the last improvement. */
  wait: z.int(),
  /** Training has to end. */
  isOver: z.boolean(),
})
export type EarlyStoppingState = z.output<typeof earlyStoppingStateSchema>

/** Before the first epoch. */
export const earlyStoppingStart: EarlyStoppingState = { best: null, bestEpoch: 0, wait: 0, isOver: false }

/**
 * The state after an epoch (1-based) with this monitored value. `bestEpoch` is this epoch when it is the best so far.
 * Source: keras.callbacks.EarlyStopping.on_epoch_end, which never ends training after the very first epoch.
 */
export function earlyStoppingAfter(
  config: EarlyStoppingConfig,
  state: EarlyStoppingState,
  epoch: number,
  value: number,
): EarlyStoppingState {
  if (isImprovement(config.monitor.metric, config.minDelta, value, state.best)) {
    return { best: value, bestEpoch: epoch, wait: 0, isOver: false }
  }
  const wait = state.wait + 1
  return { ...state, wait, isOver: wait >= config.patience && epoch > 1 }
}

/** Why training ended in this epoch. */
export function earlyStoppingText(
  { monitor, minDelta }: EarlyStoppingConfig,
  { best, bestEpoch, wait }: EarlyStoppingState,
): string {
  const reached = best === null ? '' : ` (${Number(best.toPrecision(4))})`
  const by = minDelta > 0 ? ` by more than ${minDelta}` : ''
  const epochs = lengthText({ unit: 'epochs', count: wait })
  return `Training ends early: for ${epochs} the ${monitorText(monitor)} has not become better than in epoch ${bestEpoch}${reached}${by}.`
}

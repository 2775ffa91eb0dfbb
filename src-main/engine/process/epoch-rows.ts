import { epochOrder } from '../../../src-core/datasets/epoch-order.ts'
import { streamOrder } from '../../../src-core/datasets/stream-order.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import type { TrainingData } from './training-data.ts'

export interface EpochRowsOptions {
  readonly data: Pick<TrainingData, 'parts' | 'window'>
  readonly settings: Pick<TrainingSettings, 'seed' | 'shuffle'>
  readonly batchSize: number
  /** Whether layers go on from batch to batch. */
  readonly isStateful: boolean
}

/** The rows of an epoch in the order in which a training takes them. */
export function epochRows(
  { data, settings, batchSize, isStateful }: EpochRowsOptions,
  epoch: number,
): Uint32Array {
  const { train } = data.parts
  if (settings.shuffle !== false) return epochOrder(train, settings.seed, epoch, data.window)
  return isStateful ? streamOrder(train, batchSize) : train
}

import type { EpochRecord } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import type { ChartSeries } from '../../ui/chart-data.ts'

export interface CurveSource {
  readonly steps: readonly { readonly step: number; readonly loss: number }[]
  readonly epochs: readonly EpochRecord[]
  /** Means over an epoch up to a step of it; only while somebody watches. */
  readonly progress?: readonly {
    readonly step: number
    readonly metrics: Readonly<Record<string, number>>
  }[]
}

const faint = 'var(--border-strong)'

/**
 * The loss of every step, with the means of each epoch's training and validation data on top. Of a GAN, which has no loss
 * but one for each network, there is only the sum of both in every step.
 */
export function lossSeries(source: CurveSource): ChartSeries[] {
  const { steps, epochs } = source
  return [
    { name: t('each step'), points: steps.map(({ step, loss }) => [step, loss]), colour: faint, thin: true },
    ...(reportsLoss(source) ? epochSeries(epochs, 'loss') : []),
  ]
}

/** Whether the mean loss of an epoch is one of the metrics; so it is until something else is known. */
export function reportsLoss({ epochs, progress }: CurveSource): boolean {
  const metrics = epochs.at(-1)?.train ?? progress?.at(-1)?.metrics
  return metrics === undefined || metrics.loss !== undefined
}

/**
 * One metric's mean per epoch, for training and validation data, over the step at which the epoch ended; behind them,
 * where it is known, the mean of the epoch under way as it grew.
 */
export function metricSeries({ epochs, progress }: CurveSource, metric: string): ChartSeries[] {
  const growing = (progress ?? []).flatMap(({ step, metrics }): [number, number][] => {
    const value = metrics[metric]
    return value === undefined ? [] : [[step, value]]
  })
  return [
    ...(growing.length === 0
      ? []
      : [{ name: t('epoch so far'), points: growing, colour: faint, thin: true }]),
    ...epochSeries(epochs, metric),
  ]
}

function epochSeries(epochs: readonly EpochRecord[], metric: string): ChartSeries[] {
  const train = epochs.flatMap((epoch): [number, number][] => {
    const value = epoch.train[metric]
    return value === undefined ? [] : [[epoch.step, value]]
  })
  const validation = epochs.flatMap((epoch): [number, number][] => {
    const value = epoch.validation?.[metric]
    return value === undefined ? [] : [[epoch.step, value]]
  })
  return [
    { name: t('training'), points: train, colour: 'var(--series-1)', dots: true },
    { name: t('validation'), points: validation, colour: 'var(--series-2)', dashed: true, dots: true },
  ]
}

/** The learning rate over the steps of a run; nothing where it was not recorded, or never changed. */
export function learningRateSeries({ epochs, progress }: CurveSource): ChartSeries[] {
  const taken = new Map<number, number>()
  const add = (step: number, values: Readonly<Record<string, number>>) => {
    if (values.learningRate !== undefined) taken.set(step, values.learningRate)
  }
  for (const { step, metrics } of progress ?? []) add(step, metrics)
  for (const { step, train } of epochs) add(step, train)
  if (new Set(taken.values()).size < 2) return []
  const points = [...taken].sort(([a], [b]) => a - b)
  return [{ name: t('taken'), points, colour: 'var(--series-3)', dots: points.length < 50 }]
}

/** The step the curves have come to. */
export function lastStep({ steps, epochs }: CurveSource): number {
  return Math.max(0, steps.at(-1)?.step ?? 0, epochs.at(-1)?.step ?? 0)
}

/** Metrics besides the loss that a run reports, in a stable order. */
export function metricNames({ epochs, progress }: CurveSource): string[] {
  const names = new Set(Object.keys(progress?.at(-1)?.metrics ?? {}))
  for (const epoch of epochs) for (const name of Object.keys(epoch.train)) names.add(name)
  names.delete('loss')
  names.delete('learningRate')
  return [...names].sort()
}

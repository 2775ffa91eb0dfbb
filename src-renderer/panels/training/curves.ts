import type { EpochRecord } from '../../../src-core/ipc/contract.ts'
import type { ChartSeries } from '../../ui/chart-data.ts'

export interface CurveSource {
  readonly steps: readonly { readonly step: number; readonly loss: number }[]
  readonly epochs: readonly EpochRecord[]
}

/** The loss of every step, with the means of each epoch's training and validation data on top. */
export function lossSeries({ steps, epochs }: CurveSource): ChartSeries[] {
  return [
    { name: 'each step', points: steps.map(({ step, loss }) => [step, loss]), colour: 'var(--series-6)' },
    ...metricSeries({ steps, epochs }, 'loss'),
  ]
}

/** One metric's mean per epoch, for training and validation data, over the step at which the epoch ended. */
export function metricSeries({ epochs }: CurveSource, metric: string): ChartSeries[] {
  const train = epochs.flatMap((epoch): [number, number][] => {
    const value = epoch.train[metric]
    return value === undefined ? [] : [[epoch.step, value]]
  })
  const validation = epochs.flatMap((epoch): [number, number][] => {
    const value = epoch.validation?.[metric]
    return value === undefined ? [] : [[epoch.step, value]]
  })
  return [
    { name: 'training', points: train, colour: 'var(--series-1)', dots: true },
    { name: 'validation', points: validation, colour: 'var(--series-2)', dashed: true, dots: true },
  ]
}

/** Metrics besides the loss that a run reports, in a stable order. */
export function metricNames({ epochs }: CurveSource, live: Readonly<Record<string, number>> = {}): string[] {
  const names = new Set(Object.keys(live))
  for (const epoch of epochs) for (const name of Object.keys(epoch.train)) names.add(name)
  names.delete('loss')
  return [...names].sort()
}

import { z } from 'zod'
import type { MetricValues } from '../run-event.ts'

/** What is looked at after every epoch. */
export const monitorSchema = z.object({
  part: z.enum(['train', 'validation']).default('validation'),
  /** As the epoch's metrics name it: `loss`, `accuracy`; with several outputs also `<output>.<metric>`. */
  metric: z.string().min(1).max(500).default('loss'),
})
export type Monitor = z.output<typeof monitorSchema>

/** The monitored value of an epoch; undefined when there is none. */
export function monitoredValue(
  { part, metric }: Monitor,
  epoch: { readonly train: MetricValues; readonly validation: MetricValues | null },
): number | undefined {
  return epoch[part]?.[metric]
}

/** Losses, errors and the like get better as they fall, everything else (accuracy, say) as it rises. */
export function betterWhen(metric: string): 'lower' | 'higher' {
  const name = metric.slice(metric.lastIndexOf('.') + 1)
  return /loss|error|entropy|divergence|perplexity|hinge/i.test(name) ? 'lower' : 'higher'
}

/**
 * Whether a value is better than the best so far by more than minDelta. Compared as float32, as Keras does, so that the
 * binary rounding of 0.57 + 0.05 is no improvement on 0.62. Source: keras.callbacks.MonitorCallback.
 */
export function isImprovement(metric: string, minDelta: number, value: number, best: number | null): boolean {
  if (best === null) return true
  const reference = Math.fround(best)
  return betterWhen(metric) === 'lower'
    ? Math.fround(value + minDelta) < reference
    : Math.fround(value - minDelta) > reference
}

/** For sentences: `validation loss`. */
export function monitorText({ part, metric }: Monitor): string {
  const name = metric.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return `${part === 'train' ? 'training' : 'validation'} ${name}`
}

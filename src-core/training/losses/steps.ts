import type { LossKind, MetricKind } from '../run-config.ts'
import { isLabelLoss, lossRules } from './loss-rules.ts'
import type { OutputHead } from './output-head.ts'
import type { TargetDescription } from './output-loss.ts'

/**
 * How many steps of an output are compared one by one; `undefined` where a sample is compared as a whole. One by one are
 * compared: classes of which there is one at every step; lists of numbers at every step, where the loss or a metric is
 * about lists; and whatever a padding mask reaches. Everything else is a mean over all values, so that it makes no
 * difference.
 */
export function comparedSteps(
  { output, shape }: OutputHead,
  kind: LossKind,
  metrics: readonly MetricKind[],
  target: TargetDescription,
): number | undefined {
  const [steps] = shape
  if (target.kind === 'category') return target.steps
  if (steps === undefined || shape.length < 2 || isLabelLoss(kind)) return undefined
  const areLists = lossRules[kind].numbers === 'list' || metrics.includes('cosineSimilarity')
  return output.masked || (areLists && shape.length === 2) ? steps : undefined
}

/** What an output gives at one step: its units are those of the last axis. */
export function headOfStep(head: OutputHead): OutputHead {
  return { ...head, units: head.shape.at(-1) ?? 1 }
}

import type { DatasetInfo } from '../datasets/dataset-spec.ts'
import type { DatasetBinding } from '../document/model-document.ts'
import { resolveLosses } from '../training/losses/resolve-loss.ts'
import { reportedMetrics } from '../training/metrics/reported-metrics.ts'
import type { TrainingSettings } from '../training/run-config.ts'
import type { TrainingFacts } from '../training/schedules/check-training.ts'
import { resolveBinding } from './dataset-binding.ts'
import type { ModelPlan } from './model-plan.ts'

/** Optimizer steps in an epoch on so many rows. Rows without a target, which are left out, make it fewer. */
export function stepsPerEpoch(
  rows: number,
  { split, batchSize }: Pick<TrainingSettings, 'split' | 'batchSize'>,
): number {
  const train = Math.max(1, rows - Math.round(rows * (split.validation + split.test)))
  return Math.ceil(train / batchSize)
}

/** What a training's settings can be checked against: as much as the model and its data tell. */
export function trainingFacts(
  plan: ModelPlan | undefined,
  binding: DatasetBinding | null,
  dataset: DatasetInfo | undefined,
  settings: TrainingSettings,
): TrainingFacts {
  if (!dataset) return {}
  const steps = { stepsPerEpoch: stepsPerEpoch(dataset.rows, settings) }
  if (!plan || !binding) return steps
  const bound = resolveBinding(plan, binding, dataset, settings.normalization)
  const losses = bound.ok ? resolveLosses(plan, bound.value.targetDescriptions) : bound
  if (!losses.ok) return steps
  const kinds = [...losses.value.values()].map(({ kind }) => kind)
  return { ...steps, metrics: reportedMetrics(plan, losses.value), losses: kinds }
}

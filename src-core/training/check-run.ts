import { checkDataset } from '../compile/dataset-binding.ts'
import type { ModelPlan } from '../compile/model-plan.ts'
import { trainingFacts } from '../compile/training-facts.ts'
import type { DatasetInfo } from '../datasets/dataset-spec.ts'
import type { ModelDocument } from '../document/model-document.ts'
import { type Problem, problem } from '../problems.ts'
import { checkMixing } from './check-mixing.ts'
import { checkTraining } from './schedules/check-training.ts'

/** Everything that keeps a compiled document from being trained on its data, and warnings about its settings. */
export function checkRun(
  plan: ModelPlan,
  { dataset: binding, training }: ModelDocument,
  dataset: DatasetInfo | undefined,
): readonly Problem[] {
  const { normalization, classWeights } = training
  return [
    ...checkModel(plan, training),
    ...checkDataset(plan, binding, dataset, normalization, classWeights),
    ...checkTraining(training, trainingFacts(plan, binding, dataset, training)),
  ]
}

/** What of it can be said while the data is not there. */
export function checkRunWithoutData(plan: ModelPlan, { training }: ModelDocument): readonly Problem[] {
  return [...checkModel(plan, training), ...checkTraining(training, {})]
}

function checkModel(plan: ModelPlan, { mixing }: ModelDocument['training']): readonly Problem[] {
  return [...allFrozen(plan), ...checkMixing(plan, mixing)]
}

function allFrozen({ trainableCount, layers }: ModelPlan): readonly Problem[] {
  if (trainableCount > 0 || !layers.some(({ frozen }) => frozen)) return []
  const hint = 'Switch Frozen off for at least one of them in the inspector.'
  return [
    problem('run.config', 'Every layer that has weights is frozen, so there is nothing to train.', { hint }),
  ]
}

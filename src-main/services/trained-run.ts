import { compileModel } from '../../src-core/compile/compile-model.ts'
import { type ResolvedBinding, resolveBinding } from '../../src-core/compile/dataset-binding.ts'
import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { parseDocument } from '../../src-core/document/parse.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import { type Checkpoint, readCheckpoint } from '../../src-core/training/checkpoint.ts'
import type { CheckpointRepository } from '../workspace/checkpoint-repository.ts'
import type { DatasetRepository } from '../workspace/dataset-repository.ts'
import type { RunRepository, RunRow, RunSetup } from '../workspace/run-repository.ts'
import type { EncodedInput } from './encode-rows.ts'

export interface RunSources {
  readonly runs: RunRepository
  readonly checkpoints: CheckpointRepository
  readonly datasets: DatasetRepository
}

/** The model of a run with its newest weights: those that its test metrics were measured with. */
export interface TrainedModel {
  readonly run: RunRow
  readonly setup: RunSetup
  readonly document: ModelDocument
  readonly plan: ModelPlan
  readonly checkpoint: Checkpoint
  /** The checkpoint as it is stored. */
  readonly weights: Uint8Array
}

/** The data of a run, as far as it is still in the workspace. */
export interface RunData {
  readonly dataset: DatasetInfo
  readonly bound: ResolvedBinding
  /** What feeds each input layer. */
  readonly inputs: readonly EncodedInput[]
}

/** Loads a run's model. Problems: `workspace.notFound`, `run.noWeights`, `file.unreadable` for damaged weights. */
export function loadTrainedModel(sources: RunSources, runId: number): Result<TrainedModel> {
  const run = sources.runs.find(runId)
  const setup = sources.runs.setup(runId)
  if (run === undefined || setup === undefined) return failure(noRun(runId))
  const stored = sources.checkpoints.last(runId)
  if (stored === undefined) {
    return failure(
      problem('run.noWeights', `Run ${runId} has no trained weights.`, {
        hint: 'Weights are there from the end of the first epoch on. Train again, or resume the run.',
      }),
    )
  }
  const checkpoint = readCheckpoint(stored.bytes)
  if (!checkpoint.ok) return checkpoint
  const document = parseDocument(setup.documentJson)
  if (!document.ok) return document
  const { plan, problems } = compileModel(document.value)
  if (plan === undefined) return failure(...problems.filter(({ severity }) => severity === 'error'))
  return success({
    run,
    setup,
    document: document.value,
    plan,
    checkpoint: checkpoint.value,
    weights: stored.bytes,
  })
}

/** The data a trained model was bound to. Problems: `data.missing`, `dataset.notFound`, those of resolveBinding. */
export function loadRunData(sources: RunSources, model: TrainedModel): Result<RunData> {
  const binding = model.document.dataset
  if (binding === null) return failure(problem('data.missing', `Run ${model.run.id} knows no dataset.`))
  const dataset = sources.datasets.findByName(binding.name)
  if (dataset === undefined) {
    return failure(
      problem(
        'dataset.notFound',
        `The dataset "${binding.name}" of run ${model.run.id} is no longer there.`,
        {
          hint: 'Import it again under this name.',
        },
      ),
    )
  }
  const bound = resolveBinding(model.plan, binding, dataset, model.setup.settings.normalization)
  if (!bound.ok) return bound
  const inputs = [...bound.value.inputs].map(([layerId, columns]): EncodedInput => {
    const preparation = model.checkpoint.preparation.get(layerId)
    if (preparation === undefined)
      throw new Error(`the weights of run ${model.run.id} lack the input ${layerId}`)
    return { layerId, columns, preparation }
  })
  return success({ dataset, bound: bound.value, inputs })
}

export function noRun(runId: number) {
  return problem('workspace.notFound', `There is no run ${runId} in the workspace.`, {
    hint: 'See the list of runs for those that are there.',
  })
}

import { resolveBinding } from '../../src-core/compile/dataset-binding.ts'
import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import type { DatasetPart } from '../../src-core/datasets/split.ts'
import type { DatasetBinding } from '../../src-core/document/model-document.ts'
import { failure, type Problem, problem, type Result, success } from '../../src-core/problems.ts'
import type { MetricValues } from '../../src-core/training/run-event.ts'
import type { EngineSupervisor } from '../engine/supervisor.ts'
import {
  loadRunData,
  loadTrainedModel,
  type RunData,
  type RunSources,
  type TrainedModel,
} from './trained-run.ts'

export interface Evaluation {
  readonly dataset: string
  readonly part: DatasetPart | 'all'
  readonly samples: number
  readonly metrics: MetricValues
}

/** Metrics of trained runs. */
export class EvaluationService {
  readonly #sources: RunSources
  readonly #engines: EngineSupervisor
  readonly #workspaceFile: string

  constructor(sources: RunSources, engines: EngineSupervisor, workspaceFile: string) {
    this.#sources = sources
    this.#engines = engines
    this.#workspaceFile = workspaceFile
  }

  /**
   * Measures a run on a part of its own dataset, split as in its training. Problems: `workspace.notFound`,
   * `run.noWeights`, `dataset.notFound`, `run.engineDied`.
   */
  async evaluatePart(runId: number, part: DatasetPart | 'all'): Promise<Result<Evaluation>> {
    const loaded = this.#load(runId)
    if (!loaded.ok) return loaded
    const { model, data } = loaded.value
    return this.#evaluate(model, data.dataset, bindingOf(model), part)
  }

  /**
   * Measures a run on all rows of another dataset. It must have the columns of the run's own dataset, with the same
   * categories. Problems: as above, and `data.column`.
   */
  async evaluateDataset(runId: number, dataset: DatasetInfo): Promise<Result<Evaluation>> {
    const loaded = this.#load(runId)
    if (!loaded.ok) return loaded
    const { model, data } = loaded.value
    const binding = explicitBinding(data, dataset.name)
    const bound = resolveBinding(model.plan, binding, dataset, model.setup.settings.normalization)
    if (!bound.ok) return bound
    const different = differentCategories(data, dataset)
    if (different !== undefined) return failure(different)
    return this.#evaluate(model, dataset, binding, 'all')
  }

  #load(runId: number): Result<{ model: TrainedModel; data: RunData }> {
    const model = loadTrainedModel(this.#sources, runId)
    if (!model.ok) return model
    const data = loadRunData(this.#sources, model.value)
    return data.ok ? success({ model: model.value, data: data.value }) : data
  }

  async #evaluate(
    { document, setup, weights }: TrainedModel,
    dataset: DatasetInfo,
    binding: DatasetBinding,
    part: DatasetPart | 'all',
  ): Promise<Result<Evaluation>> {
    // All rows need no split, and a small dataset could not be split as the run's was.
    const split =
      part === 'all' ? { train: 1, validation: 0, test: 0, stratify: false } : setup.settings.split
    const evaluated = await this.#engines.evaluate({
      type: 'evaluate',
      document,
      settings: { ...setup.settings, split },
      dataset: { workspaceFile: this.#workspaceFile, datasetId: dataset.id, binding },
      part,
      weights,
    })
    if (!evaluated.ok) return evaluated
    const { metrics, samples } = evaluated.value
    return success({ dataset: dataset.name, part, samples, metrics })
  }
}

function bindingOf({ document }: TrainedModel): DatasetBinding {
  if (document.dataset === null) throw new Error('a run without a dataset was loaded with its data')
  return document.dataset
}

/** The columns the run was trained with, by name, so that another dataset's extra columns do not matter. */
function explicitBinding({ bound }: RunData, name: string): DatasetBinding {
  const names = (columns: RunData['bound']['inputs']) =>
    Object.fromEntries([...columns].map(([id, list]) => [id, list.map((column) => column.name)]))
  return { name, inputs: names(bound.inputs), targets: names(bound.targets) }
}

/** A class is known to the model by its place in the list of categories, so the lists must be the same. */
function differentCategories({ bound, dataset: own }: RunData, other: DatasetInfo): Problem | undefined {
  const columns = [...bound.inputs.values(), ...bound.targets.values()].flat()
  for (const { name, categories } of columns) {
    const others = other.columns.find((column) => column.name === name)?.categories
    if (categories === undefined || String(categories) === String(others)) continue
    return problem(
      'data.column',
      `The column "${name}" of "${other.name}" has the categories ${list(others)}, but the run learned ${list(categories)} from "${own.name}".`,
      { hint: 'Use a dataset with the same categories in the same order.' },
    )
  }
  return undefined
}

function list(categories: readonly string[] | undefined): string {
  if (categories === undefined) return 'none'
  const shown = categories.slice(0, 8).join(', ')
  return categories.length > 8 ? `${shown}, …` : shown
}

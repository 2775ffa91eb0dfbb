import { encodedSize } from '../../src-core/datasets/input-preparation.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import { plannedLayer } from '../../src-core/training/planned-layer.ts'
import { previewRows } from '../datasets/preview-rows.ts'
import type { EngineSupervisor } from '../engine/supervisor.ts'
import { encodeRows } from './encode-rows.ts'
import { interpretOutput, type Prediction } from './interpret-outputs.ts'
import type { GivenRow } from './prediction-rows.ts'
import {
  loadRunData,
  loadTrainedModel,
  type RunData,
  type RunSources,
  type TrainedModel,
} from './trained-run.ts'

/** What a model says about one sample. */
export interface SamplePrediction {
  /** Place among the given samples, or in the dataset they came from; counted from 0. */
  /** Counted from 1. */
  readonly row: number
  /** By name of the output layer. */
  readonly outputs: Readonly<Record<string, Prediction>>
  /** What the target columns of the row say, where the row has them. */
  readonly actual?: Readonly<Record<string, unknown>>
}

/** Predictions of trained runs. */
export class PredictionService {
  readonly #sources: RunSources
  readonly #engines: EngineSupervisor

  constructor(sources: RunSources, engines: EngineSupervisor) {
    this.#sources = sources
    this.#engines = engines
  }

  /**
   * Predicts samples that somebody gives. Problems: `workspace.notFound`, `run.noWeights`, `dataset.notFound`,
   * `predict.input`, `run.engineDied`.
   */
  async predict(runId: number, rows: readonly GivenRow[]): Promise<Result<SamplePrediction[]>> {
    const loaded = this.#load(runId)
    return loaded.ok ? this.#predict(loaded.value, rows, 0) : loaded
  }

  /** Predicts `count` rows of a dataset from `first` (counted from 0) on. Problems as above. */
  async predictDataset(
    runId: number,
    datasetName: string,
    first: number,
    count: number,
  ): Promise<Result<SamplePrediction[]>> {
    const loaded = this.#load(runId)
    if (!loaded.ok) return loaded
    const dataset = this.#sources.datasets.findByName(datasetName)
    if (dataset === undefined) {
      return failure(problem('dataset.notFound', `There is no dataset "${datasetName}".`))
    }
    if (first + count > dataset.rows) {
      return failure(
        problem(
          'predict.input',
          `"${dataset.name}" has the rows 1 to ${dataset.rows}, so no row ${first + count}.`,
        ),
      )
    }
    const rows = previewRows(this.#sources.datasets, dataset, first, count)
    return this.#predict(
      loaded.value,
      rows.map(({ values }) => new Map(Object.entries(values))),
      first,
    )
  }

  #load(runId: number): Result<{ model: TrainedModel; data: RunData }> {
    const model = loadTrainedModel(this.#sources, runId)
    if (!model.ok) return model
    const data = loadRunData(this.#sources, model.value)
    return data.ok ? success({ model: model.value, data: data.value }) : data
  }

  async #predict(
    { model, data }: { model: TrainedModel; data: RunData },
    rows: readonly GivenRow[],
    firstRow: number,
  ): Promise<Result<SamplePrediction[]>> {
    const inputs = encodeRows(data.inputs, rows)
    if (!inputs.ok) return inputs
    const { document, weights, plan } = model
    const count = rowCount(data, inputs.value)
    const predicted = await this.#engines.predict({
      type: 'predict',
      document,
      weights,
      inputs: inputs.value,
      rows: count,
    })
    if (!predicted.ok) return predicted
    const byOutput = plan.outputIds.map((id) => {
      const columns = data.bound.targets.get(id) ?? []
      const values = predicted.value.outputs[id]?.data ?? new Float32Array()
      return { name: plannedLayer(plan, id).name, predictions: interpretOutput(plan, id, columns, values) }
    })
    return success(
      Array.from({ length: count }, (_, index) => ({
        row: firstRow + index + 1,
        outputs: Object.fromEntries(
          byOutput.flatMap(({ name, predictions }) => {
            const prediction = predictions[index]
            return prediction === undefined ? [] : [[name, prediction]]
          }),
        ),
        ...actual(data, rows[index]),
      })),
    )
  }
}

/** Nested lists may have turned out to be one image, so the count comes from what was encoded. */
function rowCount(data: RunData, inputs: Readonly<Record<string, Float32Array>>): number {
  const [input] = data.inputs
  const size = input?.columns.reduce((sum, column) => sum + encodedSize(column), 0) ?? 1
  return (inputs[input?.layerId ?? '']?.length ?? 0) / size
}

function actual({ bound }: RunData, row: GivenRow | undefined): Pick<SamplePrediction, 'actual'> {
  if (!(row instanceof Map)) return {}
  const names = [...bound.targets.values()].flat().map((column) => column.name)
  const known = names.filter((name) => row.has(name))
  if (known.length === 0) return {}
  return { actual: Object.fromEntries(known.map((name) => [name, row.get(name)])) }
}

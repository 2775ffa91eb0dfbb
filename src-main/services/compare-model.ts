import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import { plannedLayer } from '../../src-core/training/planned-layer.ts'
import { previewRows } from '../datasets/preview-rows.ts'
import type { ModelTensors } from '../engine/protocol.ts'
import type { EngineSupervisor } from '../engine/supervisor.ts'
import { encodeRows } from './encode-rows.ts'
import type { GivenRow } from './prediction-rows.ts'
import { loadRunData, type RunData, type RunSources, type TrainedModel } from './trained-run.ts'

export interface ModelComparison {
  /** Absolute for values up to 1, relative above; null when nothing was compared. */
  readonly largestDifference: number | null
  readonly comparedRows: number
}

/** Rows from all over the dataset: files are often sorted by class. */
const blocks = 8
const rowsPerBlock = 8

/**
 * Runs an exported ONNX file in an engine process, with onnxruntime's own defaults, and the app's own prediction
 * beside it, on rows of the run's dataset. Nothing is compared when the dataset is gone.
 * Problems: `run.engineFailed`, `run.engineDied`.
 */
export async function compareWithApp(
  { sources, engines }: { readonly sources: RunSources; readonly engines: EngineSupervisor },
  model: TrainedModel,
  file: string,
): Promise<Result<ModelComparison>> {
  const given = rowsForComparison(sources, model)
  if (!given.ok) return given
  if (given.value === undefined) return success({ largestDifference: null, comparedRows: 0 })
  return compareOnInputs(engines, model, file, given.value.inputs, given.value.rows)
}

/** Raw values by input layer id. */
type InputValues = Readonly<Record<string, Float32Array>>

/** Rows from all over a run's dataset; `undefined` when it is gone. */
export function rowsForComparison(
  sources: RunSources,
  model: TrainedModel,
): Result<{ readonly inputs: InputValues; readonly rows: number } | undefined> {
  const data = loadRunData(sources, model)
  if (!data.ok) return success(undefined)
  const given = spreadRows(sources, data.value)
  const inputs = encodeRows(data.value.inputs, given)
  return inputs.ok ? success({ inputs: inputs.value, rows: given.length }) : inputs
}

/** The same comparison on given values. */
export async function compareOnInputs(
  engines: EngineSupervisor,
  model: TrainedModel,
  file: string,
  inputs: InputValues,
  rows: number,
): Promise<Result<ModelComparison>> {
  const { document, weights } = model
  const [app, exported] = await Promise.all([
    engines.predict({ type: 'predict', document, weights, inputs, rows }),
    engines.runModel({ type: 'runModel', file, inputs: modelInputs(model.plan, inputs, rows) }),
  ])
  if (!app.ok) return app
  if (!exported.ok) return exported
  const differences = model.plan.outputIds.map((id) =>
    difference(app.value.outputs[id]?.data, exported.value.outputs[plannedLayer(model.plan, id).name]?.data),
  )
  const largestDifference = Math.max(...differences)
  return Number.isFinite(largestDifference)
    ? success({ largestDifference, comparedRows: rows })
    : failure(notAlike(file))
}

function spreadRows({ datasets }: RunSources, { dataset }: RunData): GivenRow[] {
  const step = Math.max(1, Math.floor(dataset.rows / blocks))
  const rows: GivenRow[] = []
  for (let block = 0; block < blocks && block * step < dataset.rows; block += 1) {
    const count = Math.min(rowsPerBlock, step)
    for (const { values } of previewRows(datasets, dataset, block * step, count)) {
      rows.push(new Map(Object.entries(values)))
    }
  }
  return rows
}

/** Inputs of the exported graph go by layer name, batch first. */
function modelInputs(
  plan: ModelPlan,
  values: Readonly<Record<string, Float32Array>>,
  rows: number,
): ModelTensors {
  return Object.fromEntries(
    plan.inputIds.map((id) => {
      const { name, outputShape } = plannedLayer(plan, id)
      const data = values[id]
      if (data === undefined) throw new Error(`the input ${name} has no values`)
      return [name, { shape: [rows, ...outputShape], data }]
    }),
  )
}

/**
 * The largest difference, absolute for values up to 1 and relative above, because float32 holds seven digits of any
 * value (see docs/decisions/comparing-exports.md); infinite when the two are not even alike.
 */
function difference(app: Float32Array | undefined, exported: Float32Array | undefined): number {
  if (app === undefined || exported === undefined || app.length !== exported.length) {
    return Number.POSITIVE_INFINITY
  }
  let largest = 0
  for (const [index, value] of app.entries()) {
    const distance = Math.abs(value - (exported[index] ?? Number.NaN)) / Math.max(1, Math.abs(value))
    if (!(distance <= largest)) largest = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance
  }
  return largest
}

function notAlike(file: string) {
  return problem('run.engineFailed', `The exported model "${file}" does not predict what the app predicts.`, {
    hint: 'Do not use the file. Perhaps the training diverged: look at the loss curve of the run.',
  })
}

import { type ResolvedBinding, resolveBinding } from '../../../src-core/compile/dataset-binding.ts'
import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import type { DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import type { InputPreparation } from '../../../src-core/datasets/input-preparation.ts'
import { failure, problem, type Result, success } from '../../../src-core/problems.ts'
import { elementCount, type NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { type Checkpoint, readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import { plannedLayer } from '../../../src-core/training/planned-layer.ts'
import { type DatasetRepository, elementsOf } from '../../workspace/dataset-repository.ts'
import type { PreviewModel } from '../protocol.ts'
import { ColumnStore } from './column-store.ts'
import type { Engine } from './engine.ts'
import { fitLayers } from './fit-layers.ts'
import { planOf } from './job-setup.ts'
import { FeatureWriter } from './sample-encoder.ts'
import { neededColumns, TrainingData } from './training-data.ts'

/** A model with weights, and the rows that may flow through it. */
export interface PreviewSource {
  readonly plan: ModelPlan
  readonly info: DatasetInfo
  readonly bound: ResolvedBinding
  readonly preparation: ReadonlyMap<string, InputPreparation>
  readonly tensors: ReadonlyMap<string, NamedTensor>
  /** Raw values of a row by input layer id. */
  features(row: number): ReadonlyMap<string, Float32Array>
}

/**
 * Compiles and binds a model and gives it its weights: a checkpoint's, or those that a training would begin with.
 * Ends early, with undefined, on a stop. Problems: those of the drawing and the data, `preview.weights`.
 */
export async function previewSource(
  engine: Engine,
  datasets: DatasetRepository,
  { document, dataset, weights }: PreviewModel,
  stop: AbortSignal,
): Promise<Result<PreviewSource> | undefined> {
  const planned = planOf(document)
  if (!planned.ok) return planned
  const plan = planned.value
  const info = datasets.find(dataset.datasetId)
  if (!info) return failure(problem('dataset.notFound', `The dataset "${dataset.binding.name}" is gone.`))
  const bound = resolveBinding(plan, dataset.binding, info, document.training.normalization)
  if (!bound.ok) return bound
  // Nothing is kept in memory but the chunks that were read last: a sample is one row.
  const store = new ColumnStore(
    neededColumns(bound.value),
    info.rows,
    (column, chunk) => elementsOf(column.dtype, datasets.readColumnChunk(info.id, column.name, chunk)),
    0,
  )
  const start = weights
    ? trained(plan, weights)
    : await untrained(engine, { plan, info, store, bound: bound.value, settings: document.training }, stop)
  if (!start?.ok) return start
  const { preparation, tensors } = start.value
  const features = (row: number) =>
    new Map(
      [...bound.value.inputs].map(([id, columns]): [string, Float32Array] => {
        const fitted = preparation.get(id)
        if (!fitted) throw new Error(`the input ${id} was not prepared`)
        const values = new Float32Array(elementCount(plannedLayer(plan, id).outputShape))
        new FeatureWriter(
          columns.map(({ name }) => store.column(name)),
          fitted,
        ).write(row, values, 0)
        return [id, values]
      }),
    )
  return success({ plan, info, bound: bound.value, preparation, tensors, features })
}

type Start = Pick<PreviewSource, 'preparation' | 'tensors'>

async function untrained(
  engine: Engine,
  options: Parameters<typeof TrainingData.prepare>[0],
  stop: AbortSignal,
): Promise<Result<Start> | undefined> {
  const data = TrainingData.prepare(options)
  if (!data.ok) return data
  const { plan, settings } = options
  const { tensors } = await fitLayers(engine, plan, data.value, initializeWeights(plan, settings.seed), stop)
  return stop.aborted ? undefined : success({ preparation: data.value.preparation, tensors })
}

/** The weights of a checkpoint, where they are those of this drawing: runs keep theirs when the drawing is changed. */
function trained(plan: ModelPlan, weights: Uint8Array): Result<Start> {
  const checkpoint = readCheckpoint(weights)
  if (!checkpoint.ok) return checkpoint
  const wrong = differentWeight(plan, checkpoint.value)
  if (wrong === undefined) return checkpoint
  return failure(
    problem('preview.weights', `The run was trained with another drawing: ${wrong}.`, {
      hint: 'Choose fresh weights, or train the drawing as it is now.',
    }),
  )
}

function differentWeight(plan: ModelPlan, { tensors, preparation }: Checkpoint): string | undefined {
  for (const layer of plan.layers) {
    for (const { name, shape } of layer.weights) {
      const known = tensors.get(`${layer.name}.${name}`)
      if (!known) return `it has no weight ${name} of ${layer.name}`
      if (known.shape.join() !== shape.join()) {
        return `its ${name} of ${layer.name} is ${known.shape.join(' × ')}, here it is ${shape.join(' × ')}`
      }
    }
  }
  const input = plan.layers.find(({ id }) => plan.inputIds.includes(id) && !preparation.has(id))
  return input && `it does not know the input ${input.name}`
}

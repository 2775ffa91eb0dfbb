import type { ResolvedBinding } from '../../../src-core/compile/dataset-binding.ts'
import { indexInputs } from '../../../src-core/compile/index-inputs.ts'
import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import { classWeightsByIndex, classWeightTarget } from '../../../src-core/datasets/class-weights.ts'
import { type ColumnSpec, type DatasetInfo, isContinuous } from '../../../src-core/datasets/dataset-spec.ts'
import type { ShuffleWindow } from '../../../src-core/datasets/epoch-order.ts'
import {
  type InputPreparation,
  prepareInput,
  RunningStatistics,
} from '../../../src-core/datasets/input-preparation.ts'
import { type DatasetSplit, splitInOrder, splitRows } from '../../../src-core/datasets/split.ts'
import { type Result, success } from '../../../src-core/problems.ts'
import { elementCount } from '../../../src-core/tensor-graph/types.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import type { FeedPort } from '../../../src-core/training/train-step.ts'
import { type BatchPart, type BatchSource, batchPart } from './batch.ts'
import type { Column, ColumnStore } from './column-store.ts'
import { ClassIndexWriter, ClassWeightWriter, FeatureWriter, TargetWriter } from './sample-encoder.ts'

/** Which columns feed which layer, in order. */
export type BoundColumns = Pick<ResolvedBinding, 'inputs' | 'targets'>

export interface TrainingDataOptions {
  readonly plan: ModelPlan
  readonly info: DatasetInfo
  readonly store: ColumnStore
  readonly bound: BoundColumns
  readonly settings: TrainingSettings
  /** Numbers of an earlier fit that must be used again. */
  readonly preparation?: ReadonlyMap<string, InputPreparation>
}

/** The rows of a dataset as a model trains on them: split, prepared, and written into batches. */
export class TrainingData implements BatchSource {
  readonly parts: DatasetSplit
  readonly preparation: ReadonlyMap<string, InputPreparation>
  /** Rows that no part has, because their target is missing. */
  readonly rowsWithoutTarget: number
  readonly #options: TrainingDataOptions
  readonly #classWeights: { readonly column: Column; readonly weights: Float32Array } | undefined

  private constructor(
    options: TrainingDataOptions,
    parts: DatasetSplit,
    preparation: ReadonlyMap<string, InputPreparation>,
    rowsWithoutTarget: number,
  ) {
    this.#options = options
    this.parts = parts
    this.preparation = preparation
    this.rowsWithoutTarget = rowsWithoutTarget
    this.#classWeights = weighClasses(options, parts.train)
  }

  /** Splits and fits. A pure function of the data, the settings and the seed. Fails when there are too few rows. */
  static prepare(options: TrainingDataOptions): Result<TrainingData> {
    const { info, bound, store, settings } = options
    const targets = [...bound.targets.values()].flat().map((column) => store.column(column.name))
    const rows = Uint32Array.from({ length: info.rows }, (_, row) => row)
    const usable = rows.filter((row) => targets.every((target) => hasValue(target, row)))
    const stratifyBy = targets.find((target) => target.spec.type === 'category')
    const classes = stratifyBy && Int32Array.from({ length: info.rows }, (_, row) => stratifyBy.value(row))
    const parts =
      isContinuous(info) || settings.shuffle === false
        ? splitInOrder(usable, settings.split)
        : splitRows(usable, settings.split, settings.seed, classes)
    if (!parts.ok) return parts
    const preparation = options.preparation ?? fitPreparation(options, parts.value.train)
    return success(new TrainingData(options, parts.value, preparation, info.rows - usable.length))
  }

  /** How far epochs are shuffled. */
  get window(): ShuffleWindow | undefined {
    return this.#options.store.window
  }

  /** Weights by class name, for the log; `undefined` when every row counts the same. */
  get classWeights(): Readonly<Record<string, number>> | undefined {
    const weighted = this.#classWeights
    const names = weighted?.column.spec.categories ?? []
    return weighted && Object.fromEntries(names.map((name, index) => [name, weighted.weights[index] ?? 1]))
  }

  /** The same rows for training, where classes may count differently. Scores take every row as it is. */
  get forTraining(): BatchSource {
    const weighted = this.#classWeights
    return {
      features: (layerId, port) => this.features(layerId, port),
      targets: (layerId, port) => this.targets(layerId, port),
      ...(weighted && {
        sampleWeights: ({ shape: [batchSize = 1] }: FeedPort) =>
          batchPart(
            new ClassWeightWriter(weighted.column, weighted.weights),
            batchSize,
            new Float32Array(batchSize),
          ),
      }),
    }
  }

  /** Every row that has a target. */
  get allRows(): Uint32Array {
    const { train, validation, test } = this.parts
    return Uint32Array.from([...train, ...validation, ...test]).sort()
  }

  features(layerId: string, { shape }: FeedPort): BatchPart {
    const preparation = this.preparation.get(layerId)
    if (!preparation) throw new Error(`the input ${layerId} was not prepared`)
    const writer = new FeatureWriter(this.#columns(this.#options.bound.inputs, layerId), preparation)
    const batchSize = shape[0] ?? 1
    if (writer.size * batchSize !== elementCount(shape)) {
      throw new Error(`columns of ${writer.size} values feed ${layerId} of shape [${shape.join(', ')}]`)
    }
    return batchPart(writer, batchSize, new Float32Array(elementCount(shape)))
  }

  targets(layerId: string, { dtype, shape }: FeedPort): BatchPart {
    const columns = this.#columns(this.#options.bound.targets, layerId)
    const [batchSize = 1, ...sample] = shape
    const [first] = columns
    if (dtype === 'int32' && first) {
      return batchPart(new ClassIndexWriter(first), batchSize, new Int32Array(elementCount(shape)))
    }
    const pixelScale = this.#options.settings.normalization === 'none' ? 1 : 1 / 255
    const writer = new TargetWriter(columns, elementCount(sample), pixelScale)
    return batchPart(writer, batchSize, new Float32Array(elementCount(shape)))
  }

  #columns(bound: ReadonlyMap<string, readonly ColumnSpec[]>, layerId: string): Column[] {
    const columns = bound.get(layerId)
    if (!columns) throw new Error(`no columns are bound to ${layerId}`)
    return columns.map((column) => this.#options.store.column(column.name))
  }
}

/** Weights of the classes among the training rows, and the column that tells a row's class. */
function weighClasses({ bound, store, settings }: TrainingDataOptions, rows: Uint32Array) {
  const target = classWeightTarget(bound.targets)
  if (!target) return undefined
  const column = store.column(target.name)
  const weights = classWeightsByIndex(settings.classWeights, target, rows, (row) => column.value(row))
  return weights && { column, weights }
}

/** Names of the columns a job reads. */
export function neededColumns({ inputs, targets }: BoundColumns): ColumnSpec[] {
  return [...inputs.values(), ...targets.values()].flat()
}

function hasValue(column: Column, row: number): boolean {
  if (column.spec.type === 'image' || column.spec.type === 'tokens') return true
  const value = column.value(row)
  return column.spec.type === 'category' ? value >= 0 : !Number.isNaN(value)
}

function fitPreparation(
  { plan, bound, store, settings }: TrainingDataOptions,
  rows: Uint32Array,
): Map<string, InputPreparation> {
  const statistics = (column: ColumnSpec, channel: number) =>
    columnStatistics(store.column(column.name), rows, channel)
  const indices = indexInputs(plan)
  return new Map(
    [...bound.inputs].map(([id, columns]): [string, InputPreparation] => {
      const sample = plan.layers.find((layer) => layer.id === id)?.outputShape ?? []
      // Indices are names, not quantities; a missing one is padding.
      if (indices.has(id)) return [id, { offset: 0, scale: 1, fill: 0 }]
      return [id, prepareInput(columns, sample, settings.normalization, statistics)]
    }),
  )
}

function columnStatistics(column: Column, rows: Uint32Array, channel: number) {
  const statistics = new RunningStatistics()
  const perChannel = column.spec.type === 'image' ? column.size / (column.spec.shape[0] ?? 1) : column.size
  for (const row of rows) {
    const values = column.row(row)
    for (let index = channel * perChannel; index < (channel + 1) * perChannel; index++) {
      statistics.add(values[index] ?? Number.NaN)
    }
  }
  return statistics.result()
}

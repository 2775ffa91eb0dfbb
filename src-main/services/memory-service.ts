import { compileModel } from '../../src-core/compile/compile-model.ts'
import { resolveBinding } from '../../src-core/compile/dataset-binding.ts'
import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import type { ColumnSpec, DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import type { Problem } from '../../src-core/problems.ts'
import { elementCount } from '../../src-core/tensor-graph/types.ts'
import { checkMixing } from '../../src-core/training/check-mixing.ts'
import type { OutputLoss, TargetDescription } from '../../src-core/training/losses/output-loss.ts'
import { resolveLosses } from '../../src-core/training/losses/resolve-loss.ts'
import { largestFittingBatch } from '../../src-core/training/memory/largest-batch.ts'
import { fits, type MemoryReport, withMemoryAdvice } from '../../src-core/training/memory/memory-report.ts'
import { graphSettingsKey, TrainingGraphs } from '../../src-core/training/memory/training-graphs.ts'
import {
  evaluationBatch,
  type PartSizes,
  trainingMemory,
} from '../../src-core/training/memory/training-memory.ts'
import type { TrainingSettings } from '../../src-core/training/run-config.ts'
import { memoryShare } from '../engine/memory-share.ts'
import { chooseStepsPerRun } from '../engine/process/unrolling.ts'
import type { DatasetRepository } from '../workspace/dataset-repository.ts'
import { type MachineMemory, machineMemory } from './machine-memory.ts'

/** Says before a training what it will need, and after one that failed for want of memory what would have fitted. */
export class MemoryService {
  readonly #datasets: Pick<DatasetRepository, 'findByName'>
  readonly #machine: () => MachineMemory
  #last: { readonly key: string; readonly model: EstimatedModel | undefined } | undefined

  constructor(datasets: Pick<DatasetRepository, 'findByName'>, machine: () => MachineMemory = machineMemory) {
    this.#datasets = datasets
    this.#machine = machine
  }

  /** What training a document needs, and what is free; null while the drawing, its losses or its mixing have errors. */
  report(document: ModelDocument, settings: TrainingSettings = document.training): MemoryReport | null {
    const needed = this.#estimator(document, settings)
    if (!needed) return null
    const { available } = this.#machine()
    return reportOf(needed, settings.batchSize, available)
  }

  /**
   * Completes a failure for want of memory by what the run needed and which batch size would fit; one without a known
   * reason by the batch size alone, unless what it needed is not free.
   */
  advise(problem: Problem, document: ModelDocument, settings: TrainingSettings): Problem {
    const needed = this.#estimator(document, settings)
    if (!needed) return problem
    const { batchSize } = settings
    const { available } = this.#machine()
    // The estimate may have said that it fits: what is proposed is at most half of what has just failed.
    const half = Math.floor(batchSize / 2)
    const fittingBatchSize = largestFittingBatch(needed, half + 1, available) ?? null
    const report = { batchSize, needed: needed(batchSize), available, fittingBatchSize }
    if (problem.code !== 'run.outOfMemory' && fits(report)) {
      return fittingBatchSize === null ? problem : { ...problem, batchSize: fittingBatchSize }
    }
    return withMemoryAdvice(problem, report, settings)
  }

  /**
   * Bytes by batch size; undefined while the drawing has errors. The last model is kept: layers that move and settings
   * beside the graphs, such as epochs, change nothing of it.
   */
  #estimator(document: ModelDocument, settings: TrainingSettings): Estimator | undefined {
    const name = document.dataset?.name
    const dataset = name === undefined ? undefined : this.#datasets.findByName(name)
    const key = drawingKey(document, dataset) + graphSettingsKey(settings)
    if (this.#last?.key !== key) this.#last = { key, model: this.#modelOf(document, settings, dataset) }
    const { model } = this.#last
    return model && ((batchSize) => totalBytes(model, { ...settings, batchSize }))
  }

  #modelOf(
    document: ModelDocument,
    settings: TrainingSettings,
    dataset: DatasetInfo | undefined,
  ): EstimatedModel | undefined {
    const { plan } = compileModel(document)
    const bound = plan && this.#bind(plan, document, dataset, settings)
    if (!plan || !bound || isRefused(plan, settings)) return undefined
    return { plan, bound, graphs: new TrainingGraphs(plan, bound.losses, settings) }
  }

  #bind(
    plan: ModelPlan,
    document: ModelDocument,
    dataset: DatasetInfo | undefined,
    settings: TrainingSettings,
  ): Bound | undefined {
    if (!dataset || !document.dataset) {
      const losses = lossesWithoutData(plan)
      return losses && { losses, rows: undefined, dataBytes: 0 }
    }
    const bound = resolveBinding(plan, document.dataset, dataset, settings.normalization)
    if (!bound.ok) return undefined
    const losses = resolveLosses(plan, bound.value.targetDescriptions)
    if (!losses.ok) return undefined
    const columns = [...bound.value.inputs.values(), ...bound.value.targets.values()].flat()
    const dataBytes = Math.min(dataset.rows * bytesOfRow(columns), memoryShare * this.#machine().total)
    return { losses: losses.value, rows: dataset.rows, dataBytes }
  }
}

/** What training refuses has no graph to look at. */
function isRefused(plan: ModelPlan, { mixing, precision }: TrainingSettings): boolean {
  const isMixedGan = plan.recipe?.kind === 'adversarial' && precision === 'mixed16'
  return isMixedGan || checkMixing(plan, mixing).length > 0
}

type Estimator = (batchSize: number) => number

interface EstimatedModel {
  readonly plan: ModelPlan
  readonly bound: Bound
  readonly graphs: TrainingGraphs
}

/** Everything of a document that an estimate depends on, but its settings. */
function drawingKey(
  { layers, connections, blocks, dataset: binding }: ModelDocument,
  dataset: DatasetInfo | undefined,
): string {
  const drawn = layers.map(({ position: _, ...layer }) => layer)
  return JSON.stringify([drawn, connections, blocks, binding, dataset?.id, dataset?.rows])
}

interface Bound {
  readonly losses: ReadonlyMap<string, OutputLoss>
  /** Undefined where there is no dataset. */
  readonly rows: number | undefined
  readonly dataBytes: number
}

function reportOf(needed: (batchSize: number) => number, batchSize: number, available: number): MemoryReport {
  const report = { batchSize, needed: needed(batchSize), available, fittingBatchSize: null }
  if (fits(report)) return report
  return { ...report, fittingBatchSize: largestFittingBatch(needed, batchSize, available) ?? null }
}

function totalBytes({ plan, bound, graphs }: EstimatedModel, settings: TrainingSettings): number {
  const { rows, dataBytes } = bound
  const { batchSize } = settings
  const parts = partSizes(rows, settings, evaluationBatch(settings, plan))
  const { train } = parts
  const stepsPerRun = ({ nodes, stateBytes }: { nodes: number; stateBytes: number }) =>
    chooseStepsPerRun({
      millisecondsPerStep: stepMilliseconds(plan, nodes, Math.min(batchSize, train)),
      stateBytes,
      wholeBatches: Math.floor(train / batchSize),
      stepsLeft: Math.ceil(train / batchSize) * settings.epochs,
    })
  return trainingMemory({ graphs, settings, parts, dataBytes, stepsPerRun }).total
}

/** Without data: one whole batch in every part. */
function partSizes(
  rows: number | undefined,
  { split, batchSize }: TrainingSettings,
  evaluated: number,
): PartSizes {
  if (rows === undefined) return { train: batchSize, validation: evaluated, test: evaluated }
  const [validation, test] = [Math.round(rows * split.validation), Math.round(rows * split.test)]
  return { train: Math.max(1, rows - validation - test), validation, test }
}

/** How long a step may take, roughly: it decides whether steps are chained. */
const flopsPerMillisecond = 2e7
const millisecondsPerNode = 0.004

function stepMilliseconds({ flops }: ModelPlan, nodes: number, batchSize: number): number {
  return (3 * flops * batchSize) / flopsPerMillisecond + nodes * millisecondsPerNode
}

/** Without data, what the heads suggest: classes, or numbers. */
function lossesWithoutData(plan: ModelPlan): ReadonlyMap<string, OutputLoss> | undefined {
  const outputs = plan.layers.filter(({ id }) => plan.outputIds.includes(id))
  const candidates = [
    (size: number): TargetDescription => ({ kind: 'category', classes: Math.max(2, size), name: 'class' }),
    (width: number): TargetDescription => ({ kind: 'number', width, name: 'value' }),
  ]
  for (const describe of candidates) {
    const targets = outputs.map(({ id, outputShape }) => [id, describe(outputShape[0] ?? 1)] as const)
    const losses = resolveLosses(plan, new Map(targets))
    if (losses.ok) return losses.value
  }
  return undefined
}

const elementBytes = { float32: 4, int32: 4, uint8: 1 } as const

function bytesOfRow(columns: readonly ColumnSpec[]): number {
  const unique = new Map(columns.map((column) => [column.name, column]))
  return [...unique.values()].reduce(
    (sum, { shape, dtype }) => sum + elementCount(shape) * elementBytes[dtype],
    0,
  )
}

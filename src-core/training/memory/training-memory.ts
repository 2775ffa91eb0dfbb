import type { ModelPlan } from '../../compile/model-plan.ts'
import type { Precision, TrainingSettings } from '../run-config.ts'
import { isStateful } from '../stateful-layers.ts'
import type { GraphMemory } from './graph-memory.ts'
import type { GraphFacts, TrainingGraphs } from './training-graphs.ts'

/** Samples per batch of validation and test: nothing is kept for a backward pass, so there is room for more. */
export const usualEvaluationBatch = 256

/**
 * Samples that are scored together. Contrastive losses depend on it, and so do the states of stateful layers: both are to
 * be comparable with those of training.
 */
export function evaluationBatch({ recipe, batchSize }: TrainingSettings, plan: ModelPlan): number {
  return recipe?.kind === 'contrastive' || isStateful(plan) ? batchSize : usualEvaluationBatch
}

/** Rows of every part of the data. */
export interface PartSizes {
  readonly train: number
  readonly validation: number
  readonly test: number
}

export interface TrainingMemoryOptions {
  readonly graphs: TrainingGraphs
  readonly settings: TrainingSettings
  readonly parts: PartSizes
  /** Decoded columns. */
  readonly dataBytes: number
  /** How many steps a run of the graph will chain, from what its graph looks like. */
  readonly stepsPerRun: (graph: { readonly nodes: number; readonly stateBytes: number }) => number
}

/** What the process of a training takes at most, in bytes. */
export interface TrainingMemory {
  /** The program itself and its libraries. */
  readonly program: number
  readonly data: number
  /** Weights and optimizer slots with their copies. */
  readonly state: number
  /** What is computed for a batch: training, validation and test. */
  readonly batch: number
  readonly total: number
}

// Measured with onnxruntime-node 1.30; docs/engines.md says on what, and how far off the result was.
const programBytes = 185 * 2 ** 20
/** A session takes this much more than its values: onnxruntime's arena has gaps and reuses less than it could. */
const arenaFactor = 1.6
const bytesPerNode = 8_000
/** Outputs of earlier runs wait for the garbage collector, which lets no more than `mostGarbage` of them gather. */
const waitingRuns = 3
const mostGarbage = 24 * 2 ** 20
/** The state before and after a run, in the checkpoint that is written, and on its way to the main process. */
const stateCopies = 4

/**
 * What a training will take at most, from its own graphs: sizes of what lives at the same time, in the order in which
 * onnxruntime runs the nodes, for every session that a run creates.
 */
export function trainingMemory(options: TrainingMemoryOptions): TrainingMemory {
  const { graphs, settings, parts, dataBytes } = options
  const batchSize = Math.min(settings.batchSize, Math.max(1, parts.train))
  const { nodes, stateBytes } = graphs.training(batchSize, trainedPrecision(settings))
  const steps = options.stepsPerRun({ nodes, stateBytes })
  const training = trainingSessions(options, batchSize, steps).map((shape) =>
    trainingSession(graphs.training(batchSize, trainedPrecision(settings)), shape),
  )
  const batch = Math.max(sum(training) + evaluationBytes(options), trialBytes(options, batchSize))
  const state = Math.min(waitingRuns * stateBytes, mostGarbage) + stateCopies * stateBytes
  return {
    program: programBytes,
    data: dataBytes,
    state,
    batch,
    total: programBytes + dataBytes + state + batch,
  }
}

/** The processor computes in float16 only where it was named: `auto` takes float32 there. */
function trainedPrecision({ engine, precision = 'float32' }: TrainingSettings): Precision {
  return engine === 'auto' ? 'float32' : precision
}

/** Where float16 was asked for, both precisions are measured first, and their sessions are there together. */
function trialBytes({ graphs, settings }: TrainingMemoryOptions, batchSize: number): number {
  if (settings.precision !== 'mixed16') return 0
  const tried: readonly Precision[] = ['float32', 'mixed16']
  return sum(
    tried.flatMap((precision) =>
      wholeSessions(settings).map((shape) => trainingSession(graphs.training(batchSize, precision), shape)),
    ),
  )
}

/** Bytes of one session; `feeds` are the batches it is fed with, in batches of the whole size. */
function session(values: number, { inputs, outputs, constants }: GraphMemory, nodes: number, feeds: number) {
  const batches = Math.max(0, inputs - outputs) * feeds
  return arenaFactor * values + constants + batches + nodes * bytesPerNode
}

/** By share of the whole batch, and steps chained. */
interface SessionShape {
  readonly share: number
  readonly chained: number
}

function trainingSession({ memory, nodes }: GraphFacts, { share, chained }: SessionShape): number {
  const values = Math.max(memory.outputs, share * memory.peak)
  return session(values, memory, chained * nodes, chained * share)
}

/** Whole batches: with gradient accumulation, those that move the weights have a session of their own. */
function wholeSessions({ gradientAccumulationSteps = 1 }: TrainingSettings): readonly SessionShape[] {
  const phases = gradientAccumulationSteps > 1 ? 2 : 1
  return Array.from({ length: phases }, () => ({ share: 1, chained: 1 }))
}

function trainingSessions(
  { settings, parts }: TrainingMemoryOptions,
  batchSize: number,
  stepsPerRun: number,
): readonly SessionShape[] {
  const short = (parts.train % batchSize) / batchSize
  return [
    ...wholeSessions(settings),
    ...(stepsPerRun > 1 ? [{ share: 1, chained: stepsPerRun }] : []),
    ...(short > 0 ? [{ share: short, chained: 1 }] : []),
  ]
}

function evaluationBytes({ graphs, settings, parts }: TrainingMemoryOptions): number {
  const batchSize = evaluationBatch(settings, graphs.plan)
  const sizes = new Set([parts.validation, parts.test].flatMap((rows) => batchesOf(rows, batchSize)))
  if (sizes.size === 0) return 0
  const largest = Math.max(...sizes)
  const { memory, nodes } = graphs.evaluation(largest)
  const sessions = [...sizes].map((size) => {
    const share = size / largest
    return session(share * memory.peak, memory, nodes, share)
  })
  return sum(sessions)
}

/** The sizes of batches in which so many rows are measured. */
function batchesOf(rows: number, batchSize: number): number[] {
  const rest = rows % batchSize
  return [...(rows >= batchSize ? [batchSize] : []), ...(rest > 0 ? [rest] : [])]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

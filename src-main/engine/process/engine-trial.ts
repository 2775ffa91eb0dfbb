import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { lossScaleName } from '../../../src-core/training/precision/loss-scaling.ts'
import type { Precision } from '../../../src-core/training/run-config.ts'
import type { Engine } from './engine.ts'
import { TrainLoop, type TrainLoopOptions } from './train-loop.ts'

export interface TrialOptions {
  readonly loop: (precision: Precision) => Omit<TrainLoopOptions, 'engine'>
  /** What was asked for. */
  readonly precision: Precision
  /** State to start from; it is not changed. */
  readonly tensors: ReadonlyMap<string, NamedTensor>
  readonly rows: Uint32Array
  readonly batchSize: number
  /** Of every step, whatever the schedule: steps that move nothing would prove nothing. */
  readonly learningRate: number
  /** Floating point operations of one training step, roughly. */
  readonly flopsPerStep: number
}

/** What a few real steps of the user's own model on one engine have shown. */
export interface Trial {
  readonly engine: Engine
  readonly precision: Precision
  /** Ready to go on with; its state has moved and must be loaded again. */
  readonly loop: TrainLoop
  /** Median, without the first step. */
  readonly millisecondsPerStep: number
  /** Losses of the first steps. */
  readonly losses: readonly number[]
  /** Whether loss scaling has skipped a step, after which losses are not those of other trials. */
  readonly hasSkipped: boolean
}

/** The first one warms up (a GPU compiles its shaders) and is not timed. */
const fewestSteps = 2
const mostSteps = 60

/** Trains the model for about `budget` milliseconds on an engine; session creation is not counted. */
export async function tryEngine(
  engine: Engine,
  options: TrialOptions,
  precision: Precision,
  budget: number,
): Promise<Trial> {
  const loop = new TrainLoop({ ...options.loop(precision), engine })
  await loop.load(options.tensors, options.batchSize)
  const { rows, batchSize } = options
  const learningRate = () => options.learningRate
  const batches = Math.floor(rows.length / batchSize)
  const losses: number[] = []
  const times: number[] = []
  const startedAt = performance.now()
  for (let step = 0; step <= mostSteps; step++) {
    const spent = performance.now() - startedAt
    if (step >= fewestSteps && spent > budget) break
    const before = performance.now()
    const from = (step % batches) * batchSize
    const sums = await loop.run({ rows, from, batchSize, stepsPerRun: 1, step, learningRate })
    losses.push((sums[1] ?? Number.NaN) / (sums[0] ?? Number.NaN))
    if (step > 0) times.push(performance.now() - before)
  }
  const hasSkipped = precision === 'mixed16' && (await skippedSteps(loop)) > 0
  return { engine, precision, loop, losses, hasSkipped, millisecondsPerStep: median(times) }
}

async function skippedSteps(loop: TrainLoop): Promise<number> {
  const tensors = await loop.tensors()
  const found = tensors.find(({ name }) => name === lossScaleName('skippedSteps'))
  return Number(found?.data[0] ?? 0)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY
}

/** Largest difference between the losses of the steps both have taken, relative to the reference's. */
export function largestDifference(trial: Trial, reference: Trial): number {
  const compared = trial.hasSkipped ? 1 : comparedSteps
  const differences = trial.losses.flatMap((loss, index) => {
    const expected = reference.losses[index]
    return expected === undefined || index >= compared ? [] : [relative(loss, expected)]
  })
  return Math.max(...differences)
}

/** Rounding differs between devices and grows with every step: only the first ones tell right from wrong. */
const comparedSteps = 3

function relative(loss: number, expected: number): number {
  const difference = Math.abs(loss - expected) / Math.max(Math.abs(expected), 1e-3)
  return Number.isNaN(difference) && !(Number.isNaN(loss) && Number.isNaN(expected))
    ? Number.POSITIVE_INFINITY
    : difference || 0
}

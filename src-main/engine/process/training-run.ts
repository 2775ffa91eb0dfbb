import type { Problem } from '../../../src-core/problems.ts'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import {
  type CheckpointPosition,
  readCheckpoint,
  writeCheckpoint,
} from '../../../src-core/training/checkpoint.ts'
import type { Precision, TrainingSettings } from '../../../src-core/training/run-config.ts'
import type { MetricValues } from '../../../src-core/training/run-event.ts'
import { outsideProblem } from '../outside-problems.ts'
import { DivergenceGuard } from './divergence-guard.ts'
import type { EpochPosition } from './epoch-position.ts'
import { epochRows } from './epoch-rows.ts'
import { EpochWatch } from './epoch-watch.ts'
import type { Evaluator } from './evaluator.ts'
import { type JobContext, tell, tellCheckpoint } from './job-context.ts'
import { LossScaleWatch } from './loss-scale-watch.ts'
import { Progress } from './progress.ts'
import type { TrainLoop } from './train-loop.ts'
import type { TrainingData } from './training-data.ts'

export interface TrainingRunOptions {
  readonly context: JobContext
  readonly settings: TrainingSettings
  readonly documentHash: string
  readonly data: TrainingData
  /** Whether layers go on from batch to batch. */
  readonly isStateful: boolean
  /** Holds the state to start from. */
  readonly loop: TrainLoop
  readonly evaluator: Evaluator
  readonly batchSize: number
  /** Steps in one run of the graph wherever that many whole batches are left. */
  readonly stepsPerRun: number
  readonly start: CheckpointPosition
  readonly precision: Precision
  /** What the loop was loaded with. */
  readonly tensors: ReadonlyMap<string, NamedTensor>
  /** Where `start` is in the epochs of this run; moved on as it trains. */
  readonly position: EpochPosition
  /** The best checkpoint of the run before it was resumed. */
  readonly best?: Uint8Array
}

/** A checkpoint as it is stored, with where it was taken. */
interface KeptCheckpoint {
  readonly epoch: number
  readonly step: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** A training that stores nothing for this long loses at most so much to a crash. */
const checkpointInterval = 60_000

/** Trains epoch by epoch, telling main everything on the way. */
export class TrainingRun {
  readonly #options: TrainingRunOptions
  readonly #progress: Progress
  readonly #guard: DivergenceGuard
  readonly #position: EpochPosition
  readonly #watch: EpochWatch
  readonly #lossScale: LossScaleWatch
  #best: KeptCheckpoint | undefined
  #lastCheckpointAt = performance.now()
  /** Where the epoch under way began (or went on), in steps and as the schedule counts them. */
  #firstStep: number
  #firstScheduleStep: number

  constructor(options: TrainingRunOptions) {
    const { settings, loop, start, context, position } = options
    this.#options = options
    this.#position = position
    this.#firstStep = start.step
    this.#firstScheduleStep = position.scheduleStep
    this.#watch = new EpochWatch(settings, position.stepsPerEpoch, start)
    const learningRate = (step: number) => this.#learningRate(step)
    this.#progress = new Progress({
      sums: loop.sums,
      firstStep: start.step,
      learningRate,
      totalSteps: position.totalSteps(settings.epochs),
      report: (event) => tell(context, event),
    })
    this.#guard = new DivergenceGuard(settings.optimizer.learningRate, learningRate, options.precision)
    this.#lossScale = new LossScaleWatch(options.tensors)
    this.#best = options.best && keptCheckpoint(options.best, position.stepsPerEpoch)
  }

  /** Trains to the end, to a stop or to a failure; the last event says which. Throws what is a mistake of ours. */
  async run(): Promise<void> {
    try {
      await this.#train()
    } catch (error) {
      const problem = outsideProblem(error, `at step ${this.#progress.step + 1}`)
      if (!problem) throw error
      await this.#keepWhatIsThere()
      this.#fail(problem, this.#position.wholeEpochs + 1)
    }
  }

  /** A step that failed has moved nothing: where there is memory enough for it, the state before it is stored. */
  async #keepWhatIsThere(): Promise<void> {
    if (this.#position.epochSamples === 0) return
    try {
      await this.#keepUnfinished(this.#position.wholeEpochs)
    } catch {
      // Then the run goes on from the checkpoint before.
    }
  }

  async #train(): Promise<void> {
    const { settings, start } = this.#options
    let sums = start.epochSums
    // A run that ended early, but died before its test, is over when it is resumed.
    for (let epoch = start.epoch + 1; epoch <= settings.epochs && !this.#watch.isOver; epoch++) {
      this.#progress.startEpoch(epoch, sums)
      const problem =
        (await this.#trainEpoch(epoch)) ??
        (this.#isStopped ? await this.#keepUnfinished(epoch - 1) : await this.#endEpoch(epoch))
      if (problem) return this.#fail(problem, epoch)
      if (this.#isStopped) return this.#finish('stopped', null)
      sums = []
    }
    await this.#test()
  }

  /** Steps that the optimizer takes in an epoch, at least. */
  get #optimizerSteps(): number {
    return Math.floor(this.#position.stepsPerEpoch / (this.#options.settings.gradientAccumulationSteps ?? 1))
  }

  /** The learning rate of a step, counted from 0, of this epoch. */
  #learningRate(step: number): number {
    return this.#watch.learningRate(step - this.#firstStep + this.#firstScheduleStep)
  }

  get #isStopped(): boolean {
    return this.#options.context.stop.aborted
  }

  /** Takes the steps that are left of an epoch. Ends early on a stop; returns a problem when the loss runs away. */
  async #trainEpoch(epoch: number): Promise<Problem | undefined> {
    const { batchSize, loop } = this.#options
    const position = this.#position
    const rows = epochRows(this.#options, epoch)
    if (position.epochSamples === 0) loop.resetStates()
    this.#firstStep = this.#progress.step
    this.#firstScheduleStep = position.scheduleStep
    const learningRate = (step: number) => this.#learningRate(step)
    while (position.isEpochUnfinished && !this.#isStopped) {
      const from = position.epochSamples
      const size = Math.min(batchSize, rows.length - from)
      const stepsPerRun =
        from + this.#options.stepsPerRun * batchSize <= rows.length ? this.#options.stepsPerRun : 1
      const { step } = this.#progress
      const sums = await loop.run({ rows, from, batchSize: size, stepsPerRun, step, learningRate })
      for (let k = 0; k < stepsPerRun; k++) {
        const loss = this.#progress.add(sums, k * loop.sums.sumNames.length, size)
        const problem = this.#guard.check(loss, step + k + 1)
        if (problem) return problem
      }
      position.advance(stepsPerRun * size)
      this.#progress.tick()
      const isDue = performance.now() - this.#lastCheckpointAt > checkpointInterval
      const problem = isDue && position.isEpochUnfinished ? await this.#keepUnfinished(epoch - 1) : undefined
      if (problem) return problem
    }
    return undefined
  }

  async #endEpoch(epoch: number): Promise<Problem | undefined> {
    const { context, data, evaluator } = this.#options
    const { samplesPerSecond, seconds, processorSeconds } = this.#progress.endTraining()
    const startedAt = performance.now()
    const tensors = await this.#tensors()
    const { note, problem: standstill } = this.#lossScale.endEpoch(tensors, epoch, this.#optimizerSteps)
    if (note) tell(context, { type: 'log', level: 'info', message: note })
    if (standstill) return standstill
    const validation = await evaluator.evaluate(tensors, data.parts.validation)
    // A stop in the middle of validation: whoever goes on begins with it.
    if (validation === null && data.parts.validation.length > 0) return this.#keepUnfinished(epoch - 1)
    const problem = this.#checkWeights(tensors) ?? this.#checkMetrics('validation', validation)
    if (problem) return problem
    const { metrics: train, step } = this.#progress
    const { isBest, notes } = this.#watch.endEpoch({
      epoch,
      step: this.#position.scheduleStep,
      train,
      validation,
    })
    this.#position.endEpoch()
    const bytes = this.#checkpoint(epoch, isBest, tensors)
    await tellCheckpoint(context, {
      type: 'epoch',
      epoch,
      step,
      train,
      validation,
      seconds: seconds + (performance.now() - startedAt) / 1000,
      samplesPerSecond,
      processorSeconds,
      checkpoint: { best: isBest, bytes },
    })
    this.#free(bytes)
    for (const message of notes) tell(context, { type: 'log', level: 'info', message })
    return undefined
  }

  async #test(): Promise<void> {
    const { data, evaluator } = this.#options
    const kept = this.#checkpointToKeep()
    const test = await evaluator.evaluate(kept?.tensors ?? (await this.#tensors()), data.parts.test)
    const problem = this.#checkMetrics('test', test)
    if (problem) return this.#fail(problem, this.#epochsDone)
    const isCut = test === null && data.parts.test.length > 0
    if (!isCut) await this.#tellKept(kept?.checkpoint)
    this.#finish(isCut ? 'stopped' : 'finished', test)
  }

  /** The checkpoint of an earlier epoch whose weights early stopping wants back; undefined: the last epoch's stay. */
  #checkpointToKeep() {
    const epoch = this.#watch.epochToKeep
    if (epoch === null || epoch === this.#epochsDone) return undefined
    const checkpoint = this.#best?.epoch === epoch ? this.#best : undefined
    const read = checkpoint && readCheckpoint(checkpoint.bytes)
    if (!checkpoint || !read?.ok) throw new Error(`the weights of epoch ${epoch} are not there`)
    return { checkpoint, tensors: read.value.tensors }
  }

  /**
   * Says which weights stay, where early stopping decides that, and makes an earlier checkpoint the run's newest again,
   * as it was. Should the process die before the run is marked as finished, going on from there takes the same steps to
   * the same end.
   */
  async #tellKept(kept: KeptCheckpoint | undefined): Promise<void> {
    const { context, settings } = this.#options
    if (settings.earlyStopping === null) return
    const which = kept ? `epoch ${kept.epoch}, the best,` : `the last epoch, ${this.#epochsDone},`
    tell(context, { type: 'log', level: 'info', message: `The weights of ${which} are kept.` })
    if (kept) await tellCheckpoint(context, { type: 'checkpoint', ...kept, best: true })
  }

  get #epochsDone(): number {
    return this.#position.epochsTrained
  }

  #checkMetrics(part: string, metrics: MetricValues | null): Problem | undefined {
    const values = Object.values(metrics ?? {})
    return this.#guard.checkFinite(values, `A metric of the ${part} part`, this.#progress.step)
  }

  #checkWeights(tensors: ReadonlyMap<string, NamedTensor>): Problem | undefined {
    for (const { name, data } of tensors.values()) {
      if (!(data instanceof Float32Array)) continue
      const problem = this.#guard.checkFinite(data, `The weight ${name}`, this.#progress.step)
      if (problem) return problem
    }
    return undefined
  }

  async #tensors(): Promise<ReadonlyMap<string, NamedTensor>> {
    return new Map((await this.#options.loop.tensors()).map((tensor) => [tensor.name, tensor]))
  }

  /** A checkpoint in the middle of an epoch. */
  async #keepUnfinished(wholeEpochs: number): Promise<Problem | undefined> {
    this.#progress.flush()
    // A stop right after a resume has nothing new to keep.
    if (this.#progress.step === this.#options.start.step) return undefined
    const tensors = await this.#tensors()
    const problem = this.#checkWeights(tensors)
    if (problem) return problem
    const states = this.#position.isEpochUnfinished ? await this.#options.loop.states() : []
    const all = new Map([...tensors, ...states.map((state) => [state.name, state] as const)])
    const bytes = this.#checkpoint(wholeEpochs, false, all)
    const { step } = this.#progress
    await tellCheckpoint(this.#options.context, {
      type: 'checkpoint',
      epoch: wholeEpochs,
      step,
      best: false,
      bytes,
    })
    this.#free(bytes)
    return undefined
  }

  /** The state as a file. The best is kept here too, where early stopping may want it back. */
  #checkpoint(
    epoch: number,
    best: boolean,
    tensors: ReadonlyMap<string, NamedTensor>,
  ): Uint8Array<ArrayBuffer> {
    const { data, documentHash, loop, settings } = this.#options
    const { step, epochSums } = this.#progress
    const { epochSamples } = this.#position
    const position = {
      epoch,
      step,
      epochSums: epochSamples === 0 ? [] : epochSums.values,
      epochSamples,
      ...this.#watch.state,
      window: data.window ?? null,
      engine: loop.engineName,
      precision: this.#options.precision,
    }
    const bytes = writeCheckpoint({ position, tensors, preparation: data.preparation, documentHash })
    if (best && settings.earlyStopping?.restoreBestWeights) this.#best = { epoch, step, bytes }
    this.#lastCheckpointAt = performance.now()
    return bytes
  }

  /** Frees a checkpoint that was sent, unless it is kept: the garbage collector would let several gather. */
  #free(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes !== this.#best?.bytes) bytes.buffer.transfer(0)
  }

  #finish(status: 'finished' | 'stopped', test: MetricValues | null): void {
    const { step, seconds, samplesPerSecond } = this.#progress
    const epoch = this.#epochsDone
    tell(this.#options.context, { type: 'finished', status, epoch, step, test, seconds, samplesPerSecond })
  }

  #fail(problem: Problem, epoch: number): void {
    this.#progress.flush()
    tell(this.#options.context, { type: 'failed', problem, epoch, step: this.#progress.step })
  }
}

/** A stored checkpoint with its place; undefined where it is not the end of an epoch. */
function keptCheckpoint(bytes: Uint8Array, stepsPerEpoch: number): KeptCheckpoint | undefined {
  const read = readCheckpoint(bytes)
  if (!read.ok) return undefined
  const { epoch, step, epochSamples } = read.value.position
  const isWhole = epochSamples === null ? step === epoch * stepsPerEpoch : epochSamples === 0
  return isWhole ? { epoch, step, bytes: Uint8Array.from(bytes) } : undefined
}

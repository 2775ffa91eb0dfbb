import type { SumLayout } from '../../../src-core/training/metrics/read-metrics.ts'
import type { MetricValues, RunEvent } from '../../../src-core/training/run-event.ts'
import { MetricSums } from './metric-sums.ts'

/** Milliseconds between two step events. */
const reportInterval = 120

export interface ProgressOptions {
  readonly sums: SumLayout
  readonly totalSteps: number
  readonly firstStep: number
  /** The learning rate of an optimizer step, counted from 0. */
  readonly learningRate: (step: number) => number
  readonly report: (event: RunEvent) => void
}

/** How long the training part of an epoch took. */
export interface EpochSpeed {
  readonly seconds: number
  readonly samplesPerSecond: number
  /** Of all threads of the engine process. */
  readonly processorSeconds: number
}

/** Collects the losses of steps, adds up an epoch's metrics, and reports a few times a second. */
export class Progress {
  readonly #options: ProgressOptions
  readonly #startedAt = performance.now()
  #losses: number[] = []
  #lastReport = 0
  #step: number
  #epoch = 1
  #epochSums: MetricSums
  #epochStartedAt = performance.now()
  #processorAtStart = process.cpuUsage()
  #epochSamples = 0
  #samples = 0
  #trainingMilliseconds = 0

  constructor(options: ProgressOptions) {
    this.#options = options
    this.#step = options.firstStep
    this.#epochSums = new MetricSums(options.sums)
  }

  get step(): number {
    return this.#step
  }

  /** Sums of the epoch under way. */
  get epochSums(): MetricSums {
    return this.#epochSums
  }

  /** Means of the epoch under way, and the learning rate of its last step. */
  get metrics(): MetricValues {
    const learningRate = this.#options.learningRate(Math.max(0, this.#step - 1))
    return { ...this.#epochSums.metrics(), learningRate }
  }

  /** Seconds since the first step of this process. */
  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000
  }

  /** Samples trained on per second of training, without validation. */
  get samplesPerSecond(): number {
    const current = performance.now() - this.#epochStartedAt
    const milliseconds =
      this.#epochSamples > 0 ? this.#trainingMilliseconds + current : this.#trainingMilliseconds
    return milliseconds > 0 ? (1000 * (this.#samples + this.#epochSamples)) / milliseconds : 0
  }

  /** `sums` are those of the part of the epoch that was done before a resume. */
  startEpoch(epoch: number, sums: readonly number[]): void {
    this.#epoch = epoch
    this.#epochSums = new MetricSums(this.#options.sums, sums)
    this.#epochStartedAt = performance.now()
    this.#processorAtStart = process.cpuUsage()
    this.#epochSamples = 0
  }

  /** Ends the training part of an epoch: what follows is validation. */
  endTraining(): EpochSpeed {
    this.flush()
    const milliseconds = performance.now() - this.#epochStartedAt
    const { user, system } = process.cpuUsage(this.#processorAtStart)
    const samplesPerSecond = milliseconds > 0 ? (1000 * this.#epochSamples) / milliseconds : 0
    this.#trainingMilliseconds += milliseconds
    this.#samples += this.#epochSamples
    this.#epochSamples = 0
    return { seconds: milliseconds / 1000, samplesPerSecond, processorSeconds: (user + system) / 1e6 }
  }

  /** Takes in one step's sums and returns its loss. A loss that is not a number counts for nothing. */
  add(sums: ArrayLike<number>, offset: number, samples: number): number {
    const loss = (sums[offset + 1] ?? Number.NaN) / (sums[offset] ?? Number.NaN)
    if (!Number.isFinite(loss)) return loss
    this.#epochSums.add(sums, offset)
    this.#losses.push(loss)
    this.#step += 1
    this.#epochSamples += samples
    return loss
  }

  /** Reports when it is time to. */
  tick(): void {
    if (performance.now() - this.#lastReport >= reportInterval) this.flush()
  }

  /** Reports what has not been reported yet. */
  flush(): void {
    if (this.#losses.length === 0) return
    const { totalSteps, firstStep, report } = this.#options
    const stepsDone = this.#step - firstStep
    report({
      type: 'step',
      epoch: this.#epoch,
      step: this.#step,
      losses: this.#losses,
      metrics: this.metrics,
      samplesPerSecond: this.samplesPerSecond,
      remainingSeconds: (this.seconds / stepsDone) * Math.max(0, totalSteps - this.#step),
    })
    this.#losses = []
    this.#lastReport = performance.now()
  }
}

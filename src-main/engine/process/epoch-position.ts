import type { CheckpointPosition } from '../../../src-core/training/checkpoint.ts'

export interface EpochPositionOptions {
  /** Rows of the training part. */
  readonly samples: number
  readonly batchSize: number
  /** The batch size of the steps before the start. */
  readonly before: number
  readonly start: Pick<CheckpointPosition, 'epoch' | 'step' | 'epochSamples'>
}

/**
 * Where a training is, in whole epochs and in samples of the epoch under way. An epoch's order of rows does not depend on
 * the batch size: a run that goes on with another one takes up the sample that it had reached.
 */
export class EpochPosition {
  readonly #samples: number
  readonly #batchSize: number
  readonly #start: { readonly step: number; readonly wholeEpochs: number; readonly epochSamples: number }
  #wholeEpochs: number
  #epochSamples: number

  constructor({ samples, batchSize, before, start }: EpochPositionOptions) {
    this.#samples = samples
    this.#batchSize = batchSize
    const stepsBefore = start.step - start.epoch * Math.ceil(samples / before)
    this.#wholeEpochs = start.epoch
    this.#epochSamples = start.epochSamples ?? Math.min(samples, Math.max(0, stepsBefore) * before)
    this.#start = { step: start.step, wholeEpochs: start.epoch, epochSamples: this.#epochSamples }
  }

  /** Steps of an epoch from its first sample on. */
  get stepsPerEpoch(): number {
    return Math.ceil(this.#samples / this.#batchSize)
  }

  /** Epochs that are finished, validation included. */
  get wholeEpochs(): number {
    return this.#wholeEpochs
  }

  /** Samples of the epoch under way that were trained on. */
  get epochSamples(): number {
    return this.#epochSamples
  }

  /** Epochs whose steps have all been taken. */
  get epochsTrained(): number {
    return this.#wholeEpochs + (this.#epochSamples === this.#samples ? 1 : 0)
  }

  /** Whether steps are left in the epoch under way. */
  get isEpochUnfinished(): boolean {
    return this.#epochSamples < this.#samples
  }

  /**
   * The step in terms of schedules, which count as if every step had had this batch size: with another batch size a
   * schedule goes on from the same share of the epochs.
   */
  get scheduleStep(): number {
    return this.#wholeEpochs * this.stepsPerEpoch + Math.floor(this.#epochSamples / this.#batchSize)
  }

  /** Steps at the end of so many epochs, those before the start as they were. */
  totalSteps(epochs: number): number {
    const { step, wholeEpochs, epochSamples } = this.#start
    if (wholeEpochs >= epochs) return step
    const rest = Math.ceil((this.#samples - epochSamples) / this.#batchSize)
    return step + rest + (epochs - wholeEpochs - 1) * this.stepsPerEpoch
  }

  advance(samples: number): void {
    this.#epochSamples += samples
  }

  endEpoch(): void {
    this.#wholeEpochs += 1
    this.#epochSamples = 0
  }
}

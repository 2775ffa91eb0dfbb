import type { CheckpointPosition } from '../../../src-core/training/checkpoint.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import type { MetricValues } from '../../../src-core/training/run-event.ts'
import {
  type EarlyStoppingState,
  earlyStoppingAfter,
  earlyStoppingStart,
  earlyStoppingText,
} from '../../../src-core/training/schedules/early-stopping.ts'
import { learningRateSchedule, warmUpSteps } from '../../../src-core/training/schedules/learning-rate.ts'
import { lengthText, type Schedule } from '../../../src-core/training/schedules/length.ts'
import { monitoredValue, monitorText } from '../../../src-core/training/schedules/monitor.ts'
import {
  type PlateauState,
  plateauAfter,
  plateauStart,
} from '../../../src-core/training/schedules/reduce-on-plateau.ts'

/** What the watch must know of its past to go on: a part of the checkpoint. */
export type WatchState = Pick<CheckpointPosition, 'bestLoss' | 'plateau' | 'earlyStopping'>

export interface EpochResult {
  /** 1-based. */
  readonly epoch: number
  /** Optimizer steps done. */
  readonly step: number
  readonly train: MetricValues
  readonly validation: MetricValues | null
}

/** Draws the conclusions from every epoch: the learning rate that follows, which epoch was the best, an early end. */
export class EpochWatch {
  /** The learning rate of an optimizer step, counted from 0. */
  readonly learningRate: Schedule
  readonly #settings: TrainingSettings
  readonly #warmUpSteps: number
  #bestLoss: number | null
  #plateau: PlateauState
  #earlyStopping: EarlyStoppingState

  constructor(settings: TrainingSettings, stepsPerEpoch: number, start: WatchState) {
    this.#settings = settings
    this.#bestLoss = start.bestLoss
    this.#plateau = start.plateau ?? plateauStart(settings.optimizer.learningRate)
    this.#earlyStopping = start.earlyStopping ?? earlyStoppingStart
    this.#warmUpSteps = warmUpSteps(settings, stepsPerEpoch)
    this.learningRate = learningRateSchedule(settings, stepsPerEpoch, () => this.#plateau.learningRate)
  }

  get state(): WatchState {
    const { schedule, earlyStopping } = this.#settings
    return {
      bestLoss: this.#bestLoss,
      plateau: schedule.kind === 'reduceOnPlateau' ? this.#plateau : null,
      earlyStopping: earlyStopping && this.#earlyStopping,
    }
  }

  /** Whether early stopping has ended the training. */
  get isOver(): boolean {
    return this.#earlyStopping.isOver
  }

  /** The epoch (1-based) whose weights are to be kept in the end; null: those of the last. */
  get epochToKeep(): number | null {
    const { bestEpoch } = this.#earlyStopping
    return this.#settings.earlyStopping?.restoreBestWeights && bestEpoch > 0 ? bestEpoch : null
  }

  /** Takes in an epoch: whether it is the best so far, and what people should be told. */
  endEpoch(result: EpochResult): { readonly isBest: boolean; readonly notes: readonly string[] } {
    const lowestLoss = this.#isLowestLoss(result.validation ?? result.train)
    const { earlyStopping } = this.#settings
    const notes = this.#followPlateau(result)
    const value = earlyStopping && monitoredValue(earlyStopping.monitor, result)
    if (!earlyStopping || value === undefined || value === null) return { isBest: lowestLoss, notes }
    this.#earlyStopping = earlyStoppingAfter(earlyStopping, this.#earlyStopping, result.epoch, value)
    return {
      isBest: this.#earlyStopping.bestEpoch === result.epoch,
      notes: this.isOver ? [...notes, earlyStoppingText(earlyStopping, this.#earlyStopping)] : notes,
    }
  }

  /** Without a validation part the training loss decides. */
  #isLowestLoss({ loss }: MetricValues): boolean {
    if (loss === undefined || (this.#bestLoss !== null && loss >= this.#bestLoss)) return false
    this.#bestLoss = loss
    return true
  }

  /** A plateau counts only once the warm-up is over. */
  #followPlateau(result: EpochResult): string[] {
    const { schedule } = this.#settings
    if (schedule.kind !== 'reduceOnPlateau' || result.step < this.#warmUpSteps) return []
    const value = monitoredValue(schedule.monitor, result)
    if (value === undefined) return []
    const before = this.#plateau.learningRate
    this.#plateau = plateauAfter(schedule, this.#plateau, value)
    const { learningRate } = this.#plateau
    if (learningRate === before) return []
    const rate = Number(learningRate.toPrecision(4))
    const epochs = lengthText({ unit: 'epochs', count: schedule.patience })
    return [
      `The ${monitorText(schedule.monitor)} has not become better for ${epochs}: the learning rate is ${rate} from epoch ${result.epoch + 1} on.`,
    ]
  }
}

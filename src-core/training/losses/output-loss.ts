import type { LossKind, MetricKind } from '../run-config.ts'
import type { LossParameters } from './loss-parameters.ts'

/** The mean of the values of one target column. */
export interface TargetCentre {
  readonly mean: number
  /** Values of the column per sample. */
  readonly width: number
}

/** What an output is compared with, as far as the graph must know it. */
export type TargetDescription =
  | {
      readonly kind: 'category'
      /** Number of categories; the target is an index below it. */
      readonly classes: number
      /** How many of them a sample has, one after the other; absent where it has one. */
      readonly steps?: number
      /** The column's name, for messages. */
      readonly name: string
    }
  | {
      readonly kind: 'number'
      /** Numbers per sample. */
      readonly width: number
      readonly name: string
      /** Bounds of the values, where known. */
      readonly minimum?: number
      readonly maximum?: number
      /** Where the numbers lie, column after column; absent where the mean of one is not known. */
      readonly centres?: readonly TargetCentre[]
    }

/** Everything the graph builders need to know about the loss of one output. */
export interface OutputLoss {
  readonly kind: LossKind
  /**
   * classIndex: int32 [batch], or [batch, steps]; values: float32 [batch, ...shape of the output]; labels: float32
   * [batch, labels] of whole numbers, 0 behind the labels of a sample.
   */
  readonly target: 'classIndex' | 'values' | 'labels'
  /** How many labels a sample has at most, where the target is labels. */
  readonly labels?: number
  /**
   * Where the output is compared step by step: the length of its first axis. Then every step counts as a sample does
   * elsewhere, and those that a padding mask leaves out do not count.
   */
  readonly steps?: number
  /** The output is raw scores: a class loss applies softmax or sigmoid itself. */
  readonly fromScores: boolean
  /** Factor of this output's loss in the sum over outputs. */
  readonly weight: number
  /** Numbers of the formula; what is absent takes its default. */
  readonly parameters?: Partial<LossParameters>
  /** What is measured besides the loss; when absent or empty, what the loss comes with. */
  readonly metrics?: readonly MetricKind[]
  /** How many of the largest scores count for top-k accuracy. */
  readonly topK?: number
  /** Where target values lie, for R², if it is known. */
  readonly targetCentres?: readonly TargetCentre[]
}

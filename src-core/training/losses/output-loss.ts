import type { LossKind } from '../run-config.ts'
import type { LossParameters } from './loss-parameters.ts'

/** What an output is compared with, as far as the graph must know it. */
export type TargetDescription =
  | {
      readonly kind: 'category'
      /** Number of categories; the target is an index below it. */
      readonly classes: number
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
    }

/** Everything the graph builders need to know about the loss of one output. */
export interface OutputLoss {
  readonly kind: LossKind
  /** classIndex: int32 [batch]; values: float32 [batch, ...shape of the output]. */
  readonly target: 'classIndex' | 'values'
  /** The output is raw scores: a class loss applies softmax or sigmoid itself. */
  readonly fromScores: boolean
  /** Factor of this output's loss in the sum over outputs. */
  readonly weight: number
  /** Numbers of the formula; what is absent takes its default. */
  readonly parameters?: Partial<LossParameters>
}

import type { WeightSpec } from '../../../compile/model-plan.ts'
import type { GraphBuilder } from '../../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../../tensor-graph/types.ts'
import type { WholeSequence } from './whole-sequence.ts'

/** What a cell carries from step to step; its output comes first. Each float32 [batch, units]. */
export type CellState = readonly TensorValue[]

export interface CellContext {
  readonly builder: GraphBuilder
  weight(name: string): TensorValue
}

/** A cell whose weights are at hand. */
export interface PreparedCell {
  /** The part of a step that depends on the input alone, for all steps at once: [rows, features] → [rows, columns]. */
  project(x: TensorValue): TensorValue
  /**
   * One step. `state` is absent at the first one, where everything is zero; `recurrent` is the output of the step before
   * as the recurrent kernel sees it (with dropout).
   */
  step(projected: TensorValue, state: CellState | undefined, recurrent: TensorValue | undefined): CellState
}

/** A kind of recurrent cell. `P` are the parameters of its layer. */
export interface RecurrentCell<P> {
  /** What its state is made of, its output first; of `units` values each. */
  readonly states: readonly string[]
  weights(parameters: P, features: number): readonly WeightSpec[]
  prepare(context: CellContext, parameters: P): PreparedCell
  /**
   * One operator for the whole sequence, time first, where there is one that does what the parameters ask for. Without a
   * state to begin with it begins at zero.
   */
  whole?(
    context: CellContext,
    parameters: P,
    x: TensorValue,
    goBackwards: boolean,
    initial: CellState | undefined,
  ): WholeSequence | undefined
  /** Floating point operations of one step for one sample. */
  flops(parameters: P, features: number): number
  /** float32 elements that one step keeps for one sample. */
  keptElements(parameters: P): number
}

/** x · kernel + bias, for a matrix x. */
export function affine(
  builder: GraphBuilder,
  x: TensorValue,
  kernel: TensorValue,
  bias: TensorValue | undefined,
): TensorValue {
  return builder.apply('Gemm', bias ? [x, kernel, bias] : [x, kernel])
}

/** projected + recurrent · kernel; what is absent counts as zero. */
export function recur(
  builder: GraphBuilder,
  projected: TensorValue,
  recurrent: TensorValue | undefined,
  kernel: TensorValue,
): TensorValue {
  return recurrent ? builder.apply('Gemm', [recurrent, kernel, projected]) : projected
}

/** Splits the last axis into parts of these sizes. */
export function splitColumns(
  builder: GraphBuilder,
  x: TensorValue,
  sizes: readonly number[],
): readonly TensorValue[] {
  const axis = x.shape.length - 1
  return builder.applyMany('Split', [x, builder.integers(sizes)], { axis }, sizes.length)
}

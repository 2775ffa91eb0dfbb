import type { GraphBuilder } from '../../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../../tensor-graph/types.ts'
import { keepMask } from '../keep-mask.ts'
import type { CellState, PreparedCell } from './cell.ts'

export interface Recurrence {
  readonly builder: GraphBuilder
  /** [batch, steps, features]. */
  readonly x: TensorValue
  /** float32 [batch, steps]; at padded steps everything stays as it was. */
  readonly mask: TensorValue | undefined
  readonly cell: PreparedCell
  readonly units: number
  readonly goBackwards: boolean
  /** Gives zeros at padded steps instead of the output before. */
  readonly zeroPadding: boolean
  /** The state to begin with; zero when absent. */
  readonly initial: CellState | undefined
  readonly training: boolean
  readonly dropout: number
  readonly recurrentDropout: number
  random(shape: Shape): TensorValue
}

/** What a cell has computed. */
export interface CellRun {
  /** In the order they were computed. */
  readonly outputs: readonly TensorValue[]
  /** At the end. */
  readonly state: CellState
}

/** Runs a cell over the steps, one after the other. */
export function runRecurrence(recurrence: Recurrence): CellRun {
  const { builder, cell, goBackwards, mask, initial } = recurrence
  const inOrder = <T>(values: readonly T[]) => (goBackwards ? values.toReversed() : values)
  const projected = inOrder(stepsOf(recurrence, projectAll(recurrence)))
  const counts = mask ? inOrder(stepMasks(builder, mask)) : []
  const kept = dropped(recurrence)
  const outputs: TensorValue[] = []
  let state = initial
  for (const [step, input] of projected.entries()) {
    const [output] = state ?? []
    const next = cell.step(input, state, output && kept(output))
    const count = counts[step]
    state = count ? holdPadding(builder, next, state, count) : next
    const value = count ? paddedOutput(recurrence, next, state, outputs.at(-1), count) : state[0]
    if (value) outputs.push(value)
  }
  return { outputs, state: state ?? [] }
}

/** The output of a step that may be padding: the state's, or zero. */
function paddedOutput(
  { builder, initial, zeroPadding }: Recurrence,
  next: CellState,
  [held]: CellState,
  before: TensorValue | undefined,
  count: TensorValue,
): TensorValue | undefined {
  if (zeroPadding) return held && builder.apply('Mul', [held, count])
  if (!initial) return held
  // As in Keras, padding in front gives zeros and not the state that was carried over.
  const [output] = holdPadding(builder, next.slice(0, 1), before && [before], count)
  return output
}

/** The input, with dropout, time first: [steps, batch, features]. */
export function timeFirst({
  builder,
  x,
  training,
  dropout,
  random,
}: Pick<Recurrence, 'builder' | 'x' | 'training' | 'dropout' | 'random'>): TensorValue {
  const [batch = 1, , features = 1] = x.shape
  const given =
    training && dropout > 0
      ? builder.apply('Mul', [x, keepMask(builder, random([batch, 1, features]), dropout)])
      : x
  return builder.apply('Transpose', [given], { perm: [1, 0, 2] })
}

/** The input's part of every step, computed at once: [steps · batch, columns]. */
function projectAll(recurrence: Recurrence): TensorValue {
  const { builder, cell, x } = recurrence
  return cell.project(
    builder.apply('Reshape', [timeFirst(recurrence), builder.integers([-1, x.shape[2] ?? 1])]),
  )
}

/** [steps · batch, columns] → a matrix [batch, columns] per step. */
function stepsOf({ builder, x, training }: Recurrence, projected: TensorValue): TensorValue[] {
  const [batch = 1, steps = 1] = x.shape
  const columns = projected.shape[1] ?? 1
  const split = (value: TensorValue, size: number) =>
    builder.applyMany(
      'Split',
      [value, builder.integers(new Array<number>(steps).fill(size))],
      { axis: 0 },
      steps,
    )
  if (training) return split(projected, batch)
  // Exported models leave the batch axis open, so that no size may be written down.
  const byStep = builder.apply('Reshape', [projected, builder.integers([steps, -1, columns])])
  return split(byStep, 1).map((step) => builder.apply('Reshape', [step, builder.integers([-1, columns])]))
}

/** [batch, steps] → a column [batch, 1] per step. */
function stepMasks(builder: GraphBuilder, mask: TensorValue): TensorValue[] {
  const steps = mask.shape[1] ?? 1
  const sizes = builder.integers(new Array<number>(steps).fill(1))
  return builder.applyMany('Split', [mask, sizes], { axis: 1 }, steps)
}

/** Recurrent dropout: the same values are dropped at every step. */
function dropped(recurrence: Recurrence): (output: TensorValue) => TensorValue {
  const { builder, training, recurrentDropout, units, x, random } = recurrence
  if (!training || recurrentDropout === 0) return (output) => output
  const keep = keepMask(builder, random([x.shape[0] ?? 1, units]), recurrentDropout)
  return (output) => builder.apply('Mul', [output, keep])
}

/** before + count · (next − before). */
function holdPadding(
  builder: GraphBuilder,
  next: CellState,
  before: CellState | undefined,
  count: TensorValue,
): CellState {
  return next.map((value, index) => {
    const old = before?.[index]
    if (!old) return builder.apply('Mul', [value, count])
    const change = builder.apply('Mul', [builder.apply('Sub', [value, old]), count])
    return builder.apply('Add', [old, change])
  })
}

/** Outputs of all steps as one sequence [batch, steps, units]. */
export function joinSteps(builder: GraphBuilder, outputs: readonly TensorValue[]): TensorValue {
  const units = outputs[0]?.shape[1] ?? 1
  const row = builder.apply('Concat', outputs, { axis: 1 })
  return builder.apply('Reshape', [row, builder.integers([0, outputs.length, units])])
}

import type { WeightSpec } from '../../../compile/model-plan.ts'
import { sizeAt } from '../../../shapes/axes.ts'
import type { GraphBuilder } from '../../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../../tensor-graph/types.ts'
import type {
  LayerContext,
  LoweringContext,
  MaskRule,
  ShapedLayerContext,
  ShapeRefusal,
  StateCarrier,
} from '../../define-layer.ts'
import { onlyShape, onlyTensor } from '../context.ts'
import { prefixed } from '../prefixed.ts'
import { requireSequence } from '../refusals.ts'
import type { CellState, RecurrentCell } from './cell.ts'
import { type CellRun, joinSteps, runRecurrence, timeFirst } from './recurrence.ts'
import type { WholeSequence } from './whole-sequence.ts'

/** What every recurrent layer has, whatever its cell. */
export interface RecurrentParameters {
  readonly units: number
  readonly returnSequences: boolean
  readonly dropout: number
  readonly recurrentDropout: number
}

/** One way through the sequence. */
export interface Passage {
  readonly goBackwards: boolean
  /** Gives zeros at padded steps instead of the output before. */
  readonly zeroPadding: boolean
  /** Stands before the names of its weights: '', 'forward', 'backward'. */
  readonly prefix: string
  /** Where its states come from and go to, if it is stateful. */
  readonly carrier?: StateCarrier | undefined
}

type OneWay<P> = P & RecurrentParameters & { readonly goBackwards: boolean; readonly stateful: boolean }

/** What all recurrent layers with this cell have in common. `P` are the cell's own parameters. */
export function recurrentMembers<P>(cell: RecurrentCell<P>) {
  return {
    ...sharedMembers(cell, 1),
    inferShape: ({ inputs, parameters }: LayerContext<OneWay<P>>) =>
      recurrentShape(inputs, parameters, parameters.units),
    weights: ({ inputs, parameters }: ShapedLayerContext<OneWay<P>>) =>
      cell.weights(parameters, features(inputs)),
    lower: (context: LoweringContext<OneWay<P>>): TensorValue => {
      const { goBackwards, returnSequences, stateful } = context.parameters
      const carrier = stateful ? context.carrier : undefined
      const passed = passThrough(context, cell, { goBackwards, zeroPadding: false, prefix: '', carrier })
      return returnSequences ? passed.sequence('as computed') : passed.last
    },
  }
}

/** Costs and masks; they are the same for one passage and for several. */
export function sharedMembers<P>(cell: RecurrentCell<P>, passages: number) {
  return {
    maskRule: ({ parameters }: ShapedLayerContext<P & RecurrentParameters>): MaskRule =>
      parameters.returnSequences ? 'passes' : 'uses',
    flops: ({ inputs, parameters }: ShapedLayerContext<P & RecurrentParameters>) =>
      passages * steps(inputs) * cell.flops(parameters, features(inputs)),
    activationElements: ({ inputs, parameters }: ShapedLayerContext<P & RecurrentParameters>) =>
      passages * steps(inputs) * cell.keptElements(parameters),
  }
}

/** [steps, width] of a layer that returns sequences, else [width]. */
export function recurrentShape(
  inputs: readonly Shape[],
  { returnSequences }: RecurrentParameters,
  width: number,
): Shape | ShapeRefusal {
  const sequence = onlyShape({ inputs })
  return requireSequence(sequence) ?? (returnSequences ? [sizeAt(sequence, 0), width] : [width])
}

/** What one passage gives. */
export interface Passed {
  /** The output that was computed last, [batch, units]. */
  readonly last: TensorValue
  /** All outputs, [batch, steps, units]. */
  sequence(order: 'by time' | 'as computed'): TensorValue
}

/**
 * Runs the cell over the layer's only input: by one operator where there is one and nothing is in its way. What a carrier
 * holds is where it begins, and its end is handed on.
 */
export function passThrough<P>(
  context: LoweringContext<P & RecurrentParameters>,
  cell: RecurrentCell<P>,
  passage: Passage,
): Passed {
  const { batchSize, builder, masks, parameters, training } = context
  const { goBackwards, carrier } = passage
  const initial = carrier && cell.states.map((name) => carrier.carried(name, [batchSize, parameters.units]))
  const handOn = (state: CellState) => {
    for (const [index, value] of state.entries()) carrier?.carry(cell.states[index] ?? '', value)
  }
  const dropsState = training && parameters.recurrentDropout > 0
  const cellContext = cellContextOf(context, passage)
  if (!masks[0] && !dropsState && cell.whole) {
    const x = timeFirst({ ...context, ...parameters, x: onlyTensor(context) })
    const whole = cell.whole(cellContext, parameters, x, goBackwards, initial)
    if (whole) {
      if (carrier) handOn(whole.state.map((value) => flatState(builder, value)))
      return passedWhole(builder, whole, goBackwards)
    }
  }
  const { outputs, state } = runCell(context, cell, passage, initial)
  handOn(state)
  return {
    last: lastOf(outputs),
    sequence: (order) =>
      joinSteps(builder, goBackwards && order === 'by time' ? outputs.toReversed() : outputs),
  }
}

function passedWhole(builder: GraphBuilder, { all, last }: WholeSequence, goBackwards: boolean): Passed {
  const [steps = 1, , , units = 1] = all.shape
  return {
    last: flatState(builder, last),
    sequence: (order) => {
      const byStep = builder.apply('Reshape', [all, builder.integers([steps, -1, units])])
      const byRow = builder.apply('Transpose', [byStep], { perm: [1, 0, 2] })
      if (!goBackwards || order === 'by time') return byRow
      const bounds = [-1, -steps - 1, 1, -1].map((bound) => builder.integers([bound]))
      return builder.apply('Slice', [byRow, ...bounds])
    },
  }
}

/** [1, batch, units] → [batch, units]. */
function flatState(builder: GraphBuilder, value: TensorValue): TensorValue {
  return builder.apply('Reshape', [value, builder.integers([-1, value.shape[2] ?? 1])])
}

function cellContextOf<P>({ builder, weight }: LoweringContext<P>, { prefix }: Passage) {
  return { builder, weight: (name: string) => weight(prefixed(prefix, name)) }
}

/** Runs the cell step by step. */
function runCell<P>(
  context: LoweringContext<P & RecurrentParameters>,
  cell: RecurrentCell<P>,
  passage: Passage,
  initial: CellState | undefined,
): CellRun {
  const { builder, inputs, masks, parameters, training, random } = context
  const prepared = cell.prepare(cellContextOf(context, passage), parameters)
  const { units, dropout, recurrentDropout } = parameters
  const { goBackwards, zeroPadding } = passage
  return runRecurrence({
    builder,
    x: onlyTensor({ inputs }),
    mask: masks[0],
    cell: prepared,
    units,
    goBackwards,
    zeroPadding,
    initial,
    training,
    dropout,
    recurrentDropout,
    random,
  })
}

export function prefixedWeights(prefix: string, weights: readonly WeightSpec[]): WeightSpec[] {
  return weights.map((weight) => ({ ...weight, name: prefixed(prefix, weight.name) }))
}

export function features(inputs: readonly Shape[]): number {
  return sizeAt(onlyShape({ inputs }), 1)
}

function steps(inputs: readonly Shape[]): number {
  return sizeAt(onlyShape({ inputs }), 0)
}

function lastOf(outputs: readonly TensorValue[]): TensorValue {
  const last = outputs.at(-1)
  if (!last) throw new Error('a sequence has at least one step')
  return last
}

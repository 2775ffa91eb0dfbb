import type { WeightSpec } from '../../../compile/model-plan.ts'
import { sizeAt } from '../../../shapes/axes.ts'
import type { Shape, TensorValue } from '../../../tensor-graph/types.ts'
import type {
  LayerContext,
  LoweringContext,
  MaskRule,
  ShapedLayerContext,
  ShapeRefusal,
} from '../../define-layer.ts'
import { onlyShape, onlyTensor } from '../context.ts'
import { prefixed } from '../prefixed.ts'
import { requireSequence } from '../refusals.ts'
import type { RecurrentCell } from './cell.ts'
import { joinSteps, runRecurrence } from './recurrence.ts'

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
}

type OneWay<P> = P & RecurrentParameters & { readonly goBackwards: boolean }

/** What all recurrent layers with this cell have in common. `P` are the cell's own parameters. */
export function recurrentMembers<P>(cell: RecurrentCell<P>) {
  return {
    ...sharedMembers(cell, 1),
    inferShape: ({ inputs, parameters }: LayerContext<OneWay<P>>) =>
      recurrentShape(inputs, parameters, parameters.units),
    weights: ({ inputs, parameters }: ShapedLayerContext<OneWay<P>>) =>
      cell.weights(parameters, features(inputs)),
    lower: (context: LoweringContext<OneWay<P>>): TensorValue => {
      const { goBackwards, returnSequences } = context.parameters
      const outputs = runCell(context, cell, { goBackwards, zeroPadding: false, prefix: '' })
      return returnSequences ? joinSteps(context.builder, outputs) : lastOf(outputs)
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

/** Runs the cell over the layer's only input; outputs in the order they were computed. */
export function runCell<P>(
  context: LoweringContext<P & RecurrentParameters>,
  cell: RecurrentCell<P>,
  { goBackwards, zeroPadding, prefix }: Passage,
): readonly TensorValue[] {
  const { builder, inputs, masks, parameters, training, random, weight } = context
  const prepared = cell.prepare({ builder, weight: (name) => weight(prefixed(prefix, name)) }, parameters)
  const { units, dropout, recurrentDropout } = parameters
  return runRecurrence({
    builder,
    x: onlyTensor({ inputs }),
    mask: masks[0],
    cell: prepared,
    units,
    goBackwards,
    zeroPadding,
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

export function lastOf(outputs: readonly TensorValue[]): TensorValue {
  const last = outputs.at(-1)
  if (!last) throw new Error('a sequence has at least one step')
  return last
}

import type { GraphBuilder } from '../../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../../tensor-graph/types.ts'
import { type ActivationKind, lowerActivation } from '../activations.ts'
import { affine, type CellState, type PreparedCell, type RecurrentCell, recur, splitColumns } from './cell.ts'
import { type CellParameters, cellFlops, cellWeights, zeroBias } from './cell-weights.ts'
import { wholeSequence } from './whole-sequence.ts'

export interface GruParameters extends CellParameters {
  readonly activation: ActivationKind
  readonly recurrentActivation: ActivationKind
  readonly resetAfter: boolean
}

/**
 * Gated recurrent unit (Cho et al. 2014), as keras.layers.GRUCell; columns are z, r, h:
 *
 *     z, r = σ(x·W + h·U + b);  h′ = tanh(x·W + r · (h·U + b));  h ← z · h + (1 − z) · h′
 *
 * Without `resetAfter` h′ = tanh(x·W + (r · h)·U + b), the paper's first version, and there is no second bias.
 */
export const gruCell: RecurrentCell<GruParameters> = {
  states: ['h'],
  weights: (parameters, features) => {
    const columns = 3 * parameters.units
    return cellWeights(parameters, features, 3, zeroBias(parameters.resetAfter ? [2, columns] : [columns]))
  },
  prepare: (context, parameters) => {
    const { builder, weight } = context
    const kernel = weight('kernel')
    const recurrentKernel = weight('recurrentKernel')
    const biases = parameters.useBias ? biasRows(builder, weight('bias')) : []
    const [inputBias, recurrentBias] = biases
    const step = parameters.resetAfter
      ? resetAfterStep(builder, parameters, recurrentKernel, recurrentBias)
      : resetBeforeStep(builder, parameters, recurrentKernel)
    return { project: (x) => affine(builder, x, kernel, inputBias), step }
  },
  whole: (context, parameters, x, goBackwards, initial) => {
    const { units, useBias, resetAfter, activation, recurrentActivation } = parameters
    // With the reset gate before the product, steps are faster one by one.
    if (!resetAfter || activation !== 'tanh' || recurrentActivation !== 'sigmoid') return undefined
    const attributes = { linear_before_reset: 1 }
    const order = [0, 1, 2]
    return wholeSequence(context, x, {
      operator: 'GRU',
      attributes,
      units,
      goBackwards,
      order,
      useBias,
      initial,
    })
  },
  flops: ({ units }, features) => cellFlops(features, units, 3, 10),
  keptElements: ({ units }) => 7 * units,
}

/** [2, columns] → two biases; [columns] → one. */
function biasRows(builder: GraphBuilder, bias: TensorValue): TensorValue[] {
  if (bias.shape.length === 1) return [bias]
  const rows = builder.applyMany('Split', [bias, builder.integers([1, 1])], { axis: 0 }, 2)
  return rows.map((row) => builder.apply('Reshape', [row, builder.integers([-1])]))
}

function resetAfterStep(
  builder: GraphBuilder,
  parameters: GruParameters,
  kernel: TensorValue,
  bias: TensorValue | undefined,
): PreparedCell['step'] {
  const { units, activation, recurrentActivation } = parameters
  const parts = [2 * units, units]
  return (projected, state, recurrent) => {
    const [gateInput = projected, candidateInput = projected] = splitColumns(builder, projected, parts)
    const fromState = recurrent ? affine(builder, recurrent, kernel, bias) : bias
    const [gateState, candidateState] = fromState ? splitColumns(builder, fromState, parts) : []
    const gateSums = gateState ? builder.apply('Add', [gateInput, gateState]) : gateInput
    const [update = gateSums, reset = gateSums] = splitColumns(
      builder,
      lowerActivation(builder, gateSums, recurrentActivation),
      [units, units],
    )
    const candidateSums = candidateState
      ? builder.apply('Add', [candidateInput, builder.apply('Mul', [reset, candidateState])])
      : candidateInput
    return blend(builder, update, lowerActivation(builder, candidateSums, activation), state)
  }
}

function resetBeforeStep(
  builder: GraphBuilder,
  parameters: GruParameters,
  kernel: TensorValue,
): PreparedCell['step'] {
  const { units, activation, recurrentActivation } = parameters
  const parts = [2 * units, units]
  const [gateKernel = kernel, candidateKernel = kernel] = splitColumns(builder, kernel, parts)
  return (projected, state, recurrent) => {
    const [gateInput = projected, candidateInput = projected] = splitColumns(builder, projected, parts)
    const gateSums = recur(builder, gateInput, recurrent, gateKernel)
    const [update = gateSums, reset = gateSums] = splitColumns(
      builder,
      lowerActivation(builder, gateSums, recurrentActivation),
      [units, units],
    )
    const kept = recurrent && builder.apply('Mul', [reset, recurrent])
    const candidateSums = recur(builder, candidateInput, kept, candidateKernel)
    return blend(builder, update, lowerActivation(builder, candidateSums, activation), state)
  }
}

/** z · h + (1 − z) · h′, as h′ + z · (h − h′). */
function blend(
  builder: GraphBuilder,
  update: TensorValue,
  candidate: TensorValue,
  state: CellState | undefined,
): CellState {
  const before = state?.[0]
  const distance = before ? builder.apply('Sub', [before, candidate]) : builder.apply('Neg', [candidate])
  return [builder.apply('Add', [candidate, builder.apply('Mul', [update, distance])])]
}

import type { GraphBuilder } from '../../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../../tensor-graph/types.ts'
import { type ActivationKind, lowerActivation } from '../activations.ts'
import { affine, type RecurrentCell, recur, splitColumns } from './cell.ts'
import { type CellParameters, cellFlops, cellWeights, zeroBias } from './cell-weights.ts'
import { wholeSequence } from './whole-sequence.ts'

export interface LstmParameters extends CellParameters {
  readonly activation: ActivationKind
  readonly recurrentActivation: ActivationKind
  readonly unitForgetBias: boolean
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate: Gers 2000), as keras.layers.LSTMCell:
 *
 *     i, f, o = σ(x·W + h·U + b);  c ← f · c + i · tanh(x·W + h·U + b);  h ← o · tanh(c)
 *
 * Columns of the weights are i, f, c, o as in Keras. They are computed with as i, f, o, c, so that the three gates are one
 * operator on one block.
 */
export const lstmCell: RecurrentCell<LstmParameters> = {
  states: ['h', 'c'],
  weights: (parameters, features) => {
    const { units, unitForgetBias } = parameters
    const bias = zeroBias([4 * units])
    const ones = { from: units, count: units }
    const initializer = unitForgetBias ? { ...bias.initializer, ones } : bias.initializer
    return cellWeights(parameters, features, 4, { ...bias, initializer })
  },
  prepare: ({ builder, weight }, parameters) => {
    const { units, activation, recurrentActivation } = parameters
    const gatesFirst = (name: string) => gatesBeforeCandidate(builder, weight(name), units)
    const kernel = gatesFirst('kernel')
    const recurrentKernel = gatesFirst('recurrentKernel')
    const bias = parameters.useBias ? gatesFirst('bias') : undefined
    return {
      project: (x) => affine(builder, x, kernel, bias),
      step: (projected, state, recurrent) => {
        const sums = recur(builder, projected, recurrent, recurrentKernel)
        const [gateSums = sums, candidateSums = sums] = splitColumns(builder, sums, [3 * units, units])
        const gates = lowerActivation(builder, gateSums, recurrentActivation)
        const candidate = lowerActivation(builder, candidateSums, activation)
        const sizes = [units, units, units]
        const [input = gates, forget = gates, output = gates] = splitColumns(builder, gates, sizes)
        const fresh = builder.apply('Mul', [input, candidate])
        const before = state?.[1]
        const memory = before ? builder.apply('Add', [builder.apply('Mul', [forget, before]), fresh]) : fresh
        return [builder.apply('Mul', [output, lowerActivation(builder, memory, activation)]), memory]
      },
    }
  },
  whole: (context, { units, useBias, activation, recurrentActivation }, x, goBackwards, initial) => {
    if (activation !== 'tanh' || recurrentActivation !== 'sigmoid') return undefined
    // Keras's columns are i, f, c, o; ONNX's are i, o, f, c.
    const order = [0, 3, 1, 2]
    return wholeSequence(context, x, { operator: 'LSTM', units, goBackwards, order, useBias, initial })
  },
  flops: ({ units }, features) => cellFlops(features, units, 4, 10),
  keptElements: ({ units }) => 7 * units,
}

/** i, f, c, o → i, f, o, c along the last axis. */
function gatesBeforeCandidate(builder: GraphBuilder, weight: TensorValue, units: number): TensorValue {
  const [gates, candidate, output] = splitColumns(builder, weight, [2 * units, units, units])
  return builder.apply('Concat', [gates, output, candidate], { axis: weight.shape.length - 1 })
}

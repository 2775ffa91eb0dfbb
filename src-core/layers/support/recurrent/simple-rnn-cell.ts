import { type ActivationKind, lowerActivation } from '../activations.ts'
import { affine, type RecurrentCell, recur } from './cell.ts'
import { type CellParameters, cellFlops, cellWeights, zeroBias } from './cell-weights.ts'

export interface SimpleRnnParameters extends CellParameters {
  readonly activation: ActivationKind
}

/** Elman's network (1990), as keras.layers.SimpleRNNCell: h ← activation(x·W + h·U + b). */
export const simpleRnnCell: RecurrentCell<SimpleRnnParameters> = {
  states: ['h'],
  weights: (parameters, features) => cellWeights(parameters, features, 1, zeroBias([parameters.units])),
  prepare: ({ builder, weight }, parameters) => {
    const kernel = weight('kernel')
    const recurrentKernel = weight('recurrentKernel')
    const bias = parameters.useBias ? weight('bias') : undefined
    return {
      project: (x) => affine(builder, x, kernel, bias),
      step: (projected, _, recurrent) => [
        lowerActivation(
          builder,
          recur(builder, projected, recurrent, recurrentKernel),
          parameters.activation,
        ),
      ],
    }
  },
  flops: ({ units }, features) => cellFlops(features, units, 1, 1),
  keptElements: ({ units }) => 2 * units,
}

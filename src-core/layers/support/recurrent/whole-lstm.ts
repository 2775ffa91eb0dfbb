import type { TensorValue } from '../../../tensor-graph/types.ts'
import { type CellContext, splitColumns } from './cell.ts'
import type { LstmParameters } from './lstm-cell.ts'

/** All outputs [steps, 1, batch, units], in the order of the steps, and the one that was computed last [1, batch, units]. */
export interface WholeSequence {
  readonly all: TensorValue
  readonly last: TensorValue
}

/** Whether ONNX's LSTM operator, with its default activations, does what these parameters ask for. */
export function isStandardLstm({ activation, recurrentActivation }: LstmParameters): boolean {
  return activation === 'tanh' && recurrentActivation === 'sigmoid'
}

/** The sequence [steps, batch, features] through ONNX's LSTM operator, which engines run as one kernel. */
export function wholeLstm(
  { builder, weight }: CellContext,
  parameters: LstmParameters,
  x: TensorValue,
  goBackwards: boolean,
): WholeSequence {
  const { units, useBias } = parameters
  const rows = (name: string) => {
    const matrix = builder.apply('Transpose', [reordered(weight(name))], { perm: [1, 0] })
    return builder.apply('Unsqueeze', [matrix, builder.integers([0])])
  }
  const reordered = (value: TensorValue) => {
    const parts = splitColumns(builder, value, [units, units, units, units])
    const [input, forget, fresh, output] = parts
    // Keras's columns are i, f, c, o; ONNX's are i, o, f, c.
    return builder.apply('Concat', [input, output, forget, fresh], { axis: value.shape.length - 1 })
  }
  const bias = () => {
    const own = reordered(weight('bias'))
    // The second half is a bias of the recurrent product, which Keras does not have.
    const both = builder.apply('Pad', [own, builder.integers([0, 4 * units])])
    return builder.apply('Unsqueeze', [both, builder.integers([0])])
  }
  const operands = [x, rows('kernel'), rows('recurrentKernel'), ...(useBias ? [bias()] : [])]
  const attributes = { hidden_size: units, direction: goBackwards ? 'reverse' : 'forward' }
  const [all, last] = builder.applyMany('LSTM', operands, attributes, 2)
  if (!all || !last) throw new Error('LSTM has two outputs')
  return { all, last }
}

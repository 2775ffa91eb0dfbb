import { type OperatorCall, type OperatorDefinition, type OperatorFamily, sizeAt } from './define-operator.ts'

/** Sizes of a call of LSTM or GRU. Time comes first; one direction; no peepholes or given lengths. */
export interface RecurrentSizes {
  readonly steps: number
  readonly batch: number
  readonly features: number
  readonly units: number
  readonly reverse: boolean
}

/** Places of the initial states among the inputs: that of the output and, of an LSTM, that of the cell. */
export const initialStates = { output: 5, cell: 6 } as const

export function recurrentSizes(call: OperatorCall, gates: number): RecurrentSizes {
  const [x, kernel, recurrent] = [
    call.floatInput(0).shape,
    call.floatInput(1).shape,
    call.floatInput(2).shape,
  ]
  if (x.length !== 3) call.fail('the input must be [steps, batch, features]')
  const [steps, batch, features] = [sizeAt(x, 0), sizeAt(x, 1), sizeAt(x, 2)]
  const units = call.number('hidden_size', 0)
  const expect = (given: readonly number[], wanted: readonly number[], what: string) => {
    if (given.join() !== wanted.join()) call.fail(`${what} must be of shape [${wanted.join(', ')}]`)
  }
  expect(kernel, [1, gates * units, features], 'the kernel')
  expect(recurrent, [1, gates * units, units], 'the recurrent kernel')
  if (call.inputs[3]) expect(call.floatInput(3).shape, [1, 2 * gates * units], 'the bias')
  const known: readonly number[] = gates === 4 ? Object.values(initialStates) : [initialStates.output]
  for (const index of call.inputs.keys()) {
    if (index < 4 || !call.inputs[index]) continue
    if (!known.includes(index)) call.fail('lengths and peepholes are not supported')
    expect(call.floatInput(index).shape, [1, batch, units], 'an initial state')
  }
  const direction = call.text('direction', 'forward')
  if (direction !== 'forward' && direction !== 'reverse') call.fail(`direction ${direction} is not supported`)
  return { steps, batch, features, units, reverse: direction === 'reverse' }
}

/**
 * An operator with so many blocks of weights, and of so many outputs: all outputs, the last output and, where there is one,
 * the last cell.
 */
function recurrent(
  gates: number,
  outputs: number,
  own: OperatorDefinition['attributes'] = {},
): OperatorDefinition {
  return {
    domain: '',
    attributes: { hidden_size: 'int', direction: 'string', ...own },
    infer: (call) => {
      const { steps, batch, units } = recurrentSizes(call, gates)
      const last = [1, batch, units]
      if (call.outputCount > outputs) call.fail(`has ${outputs} outputs`)
      return [[steps, 1, batch, units], last, last]
        .slice(0, call.outputCount)
        .map((shape) => ({ dtype: call.floatType(), shape }))
    },
  }
}

const gru = recurrent(3, 2, { linear_before_reset: 'int' })

export const recurrentOperators: OperatorFamily = {
  /** Gates i, o, f, c with sigmoid, tanh and tanh. */
  LSTM: recurrent(4, 3),
  /** Gates z, r, h with sigmoid and tanh; the reset gate follows the recurrent product. */
  GRU: {
    ...gru,
    infer: (call) => {
      if (call.number('linear_before_reset', 0) !== 1) call.fail('linear_before_reset must be 1')
      return gru.infer(call)
    },
  },
}

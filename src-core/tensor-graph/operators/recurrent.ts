import { type OperatorCall, type OperatorDefinition, type OperatorFamily, sizeAt } from './define-operator.ts'

/** Sizes of an LSTM call. Time comes first; one direction; no peepholes, given lengths or initial state. */
export interface RecurrentSizes {
  readonly steps: number
  readonly batch: number
  readonly features: number
  readonly units: number
  readonly reverse: boolean
}

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
  if (call.inputs.slice(4).some((input) => input !== undefined)) {
    call.fail('lengths, initial states and peepholes are not supported')
  }
  const direction = call.text('direction', 'forward')
  if (direction !== 'forward' && direction !== 'reverse') call.fail(`direction ${direction} is not supported`)
  return { steps, batch, features, units, reverse: direction === 'reverse' }
}

/** Gates i, o, f, c with sigmoid, tanh and tanh. Outputs: all outputs, the last output, the last cell. */
const lstm: OperatorDefinition = {
  domain: '',
  attributes: { hidden_size: 'int', direction: 'string' },
  infer: (call) => {
    const { steps, batch, units } = recurrentSizes(call, 4)
    const last = [1, batch, units]
    return [[steps, 1, batch, units], last, last]
      .slice(0, call.outputCount)
      .map((shape) => ({ dtype: call.floatType(), shape }))
  },
}

export const recurrentOperators: OperatorFamily = { LSTM: lstm }

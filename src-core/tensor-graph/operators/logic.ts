import type { DataType } from '../types.ts'
import { everyType, numericTypes, type OperatorDefinition, type OperatorFamily } from './define-operator.ts'

/** Compares two tensors of one type, broadcast against each other. */
function comparison(dtypes: readonly DataType[]): OperatorDefinition {
  return {
    domain: '',
    attributes: {},
    infer: (call) => {
      const left = call.typedInput(0, dtypes)
      const right = call.typedInput(1, [left.dtype])
      return [{ dtype: 'bool', shape: call.broadcast([left.shape, right.shape]) }]
    },
  }
}

const not: OperatorDefinition = {
  domain: '',
  attributes: {},
  infer: (call) => [{ dtype: 'bool', shape: call.typedInput(0, ['bool']).shape }],
}

const notANumber: OperatorDefinition = {
  domain: '',
  attributes: {},
  infer: (call) => [{ dtype: 'bool', shape: call.floatInput(0).shape }],
}

const where: OperatorDefinition = {
  domain: '',
  attributes: {},
  infer: (call) => {
    const condition = call.typedInput(0, ['bool'])
    const chosen = call.typedInput(1, everyType)
    const other = call.typedInput(2, [chosen.dtype])
    return [{ dtype: chosen.dtype, shape: call.broadcast([condition.shape, chosen.shape, other.shape]) }]
  },
}

export const logicOperators: OperatorFamily = {
  Equal: comparison(everyType),
  Greater: comparison(numericTypes),
  GreaterOrEqual: comparison(numericTypes),
  Less: comparison(numericTypes),
  LessOrEqual: comparison(numericTypes),
  And: comparison(['bool']),
  Or: comparison(['bool']),
  Xor: comparison(['bool']),
  Not: not,
  IsNaN: notANumber,
  Where: where,
}

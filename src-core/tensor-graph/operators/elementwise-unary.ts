import { dataTypeFromCode } from '../data-types.ts'
import type { DataType } from '../types.ts'
import {
  everyType,
  floatTypes,
  numericTypes,
  type OperatorDefinition,
  type OperatorFamily,
} from './define-operator.ts'

/** Operators that keep type and shape of their only input. */
function unary(
  dtypes: readonly DataType[],
  attributes: OperatorDefinition['attributes'] = {},
): OperatorDefinition {
  return {
    domain: '',
    attributes,
    infer: (call) => {
      if (call.inputs.length !== 1) call.fail('takes one input')
      const { dtype, shape } = call.typedInput(0, dtypes)
      return [{ dtype, shape }]
    },
  }
}

const signed: readonly DataType[] = [...floatTypes, 'int64', 'int32']

const clip: OperatorDefinition = {
  domain: '',
  attributes: {},
  infer: (call) => {
    const { dtype, shape } = call.typedInput(0, numericTypes)
    for (const index of [1, 2]) {
      const bound = call.inputs[index]
      if (!bound) continue
      if (bound.shape.length > 0) call.fail(`input ${index} must be a scalar`)
      call.typedInput(index, [dtype])
    }
    return [{ dtype, shape }]
  },
}

const cast: OperatorDefinition = {
  domain: '',
  attributes: { to: 'int' },
  infer: (call) => {
    const dtype = dataTypeFromCode(call.number('to', 0))
    if (!dtype) return call.fail(`attribute to = ${call.number('to', 0)} is no supported data type`)
    return [{ dtype, shape: call.input(0).shape }]
  },
}

export const elementwiseUnaryOperators: OperatorFamily = {
  Identity: unary(everyType),
  Sqrt: unary(floatTypes),
  Exp: unary(floatTypes),
  Log: unary(floatTypes),
  Reciprocal: unary(floatTypes),
  Floor: unary(floatTypes),
  Ceil: unary(floatTypes),
  Round: unary(floatTypes),
  Erf: unary(floatTypes),
  Sin: unary(floatTypes),
  Cos: unary(floatTypes),
  Abs: unary(signed),
  Neg: unary(signed),
  Sign: unary(signed),
  Clip: clip,
  Cast: cast,
}

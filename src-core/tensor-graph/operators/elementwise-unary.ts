import { dataTypeFromCode } from '../data-types.ts'
import type { DataType } from '../types.ts'
import { everyType, numericTypes, type OperatorDefinition, type OperatorFamily } from './define-operator.ts'

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

const floats: readonly DataType[] = ['float32']
const signed: readonly DataType[] = ['float32', 'int64', 'int32']

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
  Sqrt: unary(floats),
  Exp: unary(floats),
  Log: unary(floats),
  Reciprocal: unary(floats),
  Floor: unary(floats),
  Ceil: unary(floats),
  Round: unary(floats),
  Erf: unary(floats),
  Sin: unary(floats),
  Cos: unary(floats),
  Abs: unary(signed),
  Neg: unary(signed),
  Sign: unary(signed),
  Clip: clip,
  Cast: cast,
}

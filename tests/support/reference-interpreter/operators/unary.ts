import { dataTypeFromCode } from '../../../../src-core/tensor-graph/data-types.ts'
import type { Attributes } from '../../../../src-core/tensor-graph/types.ts'
import { errorFunction } from '../error-function.ts'
import { number, numbers, type ReferenceFamily, type ReferenceOperator, required, text } from '../tensor.ts'

function each(f: (x: number, attributes: Attributes) => number): ReferenceOperator {
  return (inputs, attributes) => {
    const x = required(inputs, 0)
    return [{ ...x, data: x.data.map((value) => f(value, attributes)) }]
  }
}

function truth(f: (x: number) => boolean): ReferenceOperator {
  return (inputs) => {
    const x = required(inputs, 0)
    return [{ ...x, dtype: 'bool', data: x.data.map((value) => (f(value) ? 1 : 0)) }]
  }
}

/** Half way goes to the even neighbour. */
function roundHalfToEven(x: number): number {
  const floor = Math.floor(x)
  if (x - floor !== 0.5) return Math.round(x)
  return floor % 2 === 0 ? floor : floor + 1
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}

function gelu(x: number, attributes: Attributes): number {
  if (text(attributes, 'approximate', 'none') === 'none') return 0.5 * x * (1 + errorFunction(x / Math.SQRT2))
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
}

const clip: ReferenceOperator = (inputs) => {
  const x = required(inputs, 0)
  const low = numbers(inputs[1])?.[0] ?? -Infinity
  const high = numbers(inputs[2])?.[0] ?? Infinity
  return [{ ...x, data: x.data.map((value) => Math.min(Math.max(value, low), high)) }]
}

const cast: ReferenceOperator = (inputs, attributes) => {
  const x = required(inputs, 0)
  const dtype = dataTypeFromCode(number(attributes, 'to', 0))
  if (!dtype) throw new Error('unknown data type')
  if (dtype === 'bool') return [{ ...x, dtype, data: x.data.map((value) => (value === 0 ? 0 : 1)) }]
  return [{ ...x, dtype, data: dtype.startsWith('float') ? x.data : x.data.map(Math.trunc) }]
}

export const unaryReference: ReferenceFamily = {
  Identity: each((x) => x),
  Sqrt: each(Math.sqrt),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Reciprocal: each((x) => 1 / x),
  Floor: each(Math.floor),
  Ceil: each(Math.ceil),
  Round: each(roundHalfToEven),
  Erf: each(errorFunction),
  Sin: each(Math.sin),
  Cos: each(Math.cos),
  Abs: each(Math.abs),
  Neg: each((x) => -x),
  Sign: each(Math.sign),
  Clip: clip,
  Cast: cast,
  Not: truth((x) => x === 0),
  IsNaN: truth(Number.isNaN),
  Relu: each((x) => Math.max(x, 0)),
  LeakyRelu: each((x, attributes) => (x < 0 ? number(attributes, 'alpha', 0.01) * x : x)),
  Elu: each((x, attributes) => (x < 0 ? number(attributes, 'alpha', 1) * Math.expm1(x) : x)),
  Celu: each((x, attributes) => {
    const alpha = number(attributes, 'alpha', 1)
    return Math.max(0, x) + Math.min(0, alpha * Math.expm1(x / alpha))
  }),
  Selu: each((x, attributes) => {
    const alpha = number(attributes, 'alpha', 1.6732632423543772)
    const gamma = number(attributes, 'gamma', 1.0507009873554805)
    return x > 0 ? gamma * x : gamma * alpha * Math.expm1(x)
  }),
  Gelu: each(gelu),
  Sigmoid: each((x) => 1 / (1 + Math.exp(-x))),
  Tanh: each(Math.tanh),
  Softplus: each(softplus),
  Softsign: each((x) => x / (1 + Math.abs(x))),
  HardSigmoid: each((x, attributes) =>
    Math.max(0, Math.min(1, number(attributes, 'alpha', 0.2) * x + number(attributes, 'beta', 0.5))),
  ),
  HardSwish: each((x) => x * Math.max(0, Math.min(1, x / 6 + 0.5))),
  Mish: each((x) => x * Math.tanh(softplus(x))),
}

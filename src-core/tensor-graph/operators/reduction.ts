import type { DataType } from '../types.ts'
import {
  floatTypes,
  numericTypes,
  type OperatorCall,
  type OperatorDefinition,
  type OperatorFamily,
} from './define-operator.ts'

/** Axes that a Reduce operator folds: its second input (all when absent or empty, unless noop_with_empty_axes). */
export function reducedAxes(call: OperatorCall): number[] {
  const { shape } = call.input(0)
  const axes = call.constantIntegers(1) ?? []
  if (axes.length > 0) return call.axes(axes, shape.length)
  return call.number('noop_with_empty_axes', 0) === 1 ? [] : shape.map((_, axis) => axis)
}

function reduction(dtypes: readonly DataType[]): OperatorDefinition {
  return {
    domain: '',
    attributes: { keepdims: 'int', noop_with_empty_axes: 'int' },
    infer: (call) => {
      const { dtype, shape } = call.typedInput(0, dtypes)
      return [{ dtype, shape: withoutAxes(shape, reducedAxes(call), call.number('keepdims', 1) === 1) }]
    },
  }
}

function withoutAxes(shape: readonly number[], axes: readonly number[], keep: boolean): number[] {
  if (keep) return shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  return shape.filter((_, axis) => !axes.includes(axis))
}

const argument: OperatorDefinition = {
  domain: '',
  attributes: { axis: 'int', keepdims: 'int', select_last_index: 'int' },
  infer: (call) => {
    const { shape } = call.typedInput(0, numericTypes)
    const axis = call.axis(call.number('axis', 0), shape.length)
    return [{ dtype: 'int64', shape: withoutAxes(shape, [axis], call.number('keepdims', 1) === 1) }]
  },
}

const cumulativeSum: OperatorDefinition = {
  domain: '',
  attributes: { exclusive: 'int', reverse: 'int' },
  infer: (call) => {
    const { dtype, shape } = call.typedInput(0, [...floatTypes, 'int64', 'int32'])
    const [axis] = call.requiredIntegers(1)
    call.axis(axis ?? 0, shape.length)
    return [{ dtype, shape }]
  },
}

export const reductionOperators: OperatorFamily = {
  ReduceSum: reduction([...floatTypes, 'int64', 'int32']),
  ReduceMean: reduction([...floatTypes, 'int32']),
  ReduceMax: reduction(numericTypes),
  ReduceMin: reduction(numericTypes),
  ReduceSumSquare: reduction([...floatTypes, 'int32']),
  ReduceL1: reduction([...floatTypes, 'int32']),
  ReduceL2: reduction([...floatTypes, 'int32']),
  ReduceLogSumExp: reduction(floatTypes),
  ArgMax: argument,
  ArgMin: argument,
  CumSum: cumulativeSum,
}

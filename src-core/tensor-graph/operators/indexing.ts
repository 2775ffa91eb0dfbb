import type { DataType } from '../types.ts'
import {
  everyType,
  floatTypes,
  numericTypes,
  type OperatorCall,
  type OperatorDefinition,
  type OperatorFamily,
  sameShape,
  sizeAt,
} from './define-operator.ts'

const indexTypes: readonly DataType[] = ['int64', 'int32']

const gather: OperatorDefinition = {
  domain: '',
  attributes: { axis: 'int' },
  infer: (call) => {
    const { dtype, shape } = call.typedInput(0, everyType)
    const indices = call.typedInput(1, indexTypes).shape
    const axis = call.axis(call.number('axis', 0), shape.length)
    return [{ dtype, shape: [...shape.slice(0, axis), ...indices, ...shape.slice(axis + 1)] }]
  },
}

const gatherElements: OperatorDefinition = {
  domain: '',
  attributes: { axis: 'int' },
  infer: (call) => {
    const { dtype, shape } = call.typedInput(0, everyType)
    const indices = call.typedInput(1, indexTypes).shape
    checkElementIndices(call, shape, indices)
    return [{ dtype, shape: indices }]
  },
}

function checkElementIndices(call: OperatorCall, shape: readonly number[], indices: readonly number[]): void {
  const axis = call.axis(call.number('axis', 0), shape.length)
  if (indices.length !== shape.length) call.fail('data and indices must have equally many axes')
  const outside = indices.findIndex((size, at) => at !== axis && size > sizeAt(shape, at))
  if (outside >= 0) call.fail(`axis ${outside} of the indices is longer than the data's`)
}

const scatterElements: OperatorDefinition = {
  domain: '',
  attributes: { axis: 'int', reduction: 'string' },
  infer: (call) => {
    const { dtype, shape } = call.typedInput(0, everyType)
    const indices = call.typedInput(1, indexTypes).shape
    checkElementIndices(call, shape, indices)
    if (!sameShape(call.typedInput(2, [dtype]).shape, indices))
      call.fail('indices and updates must have one shape')
    return [{ dtype, shape }]
  },
}

const scatterNd: OperatorDefinition = {
  domain: '',
  attributes: { reduction: 'string' },
  infer: (call) => {
    const { dtype, shape } = call.typedInput(0, everyType)
    const indices = call.typedInput(1, ['int64']).shape
    const depth = sizeAt(indices, -1)
    const wanted = [...indices.slice(0, -1), ...shape.slice(depth)]
    if (!sameShape(call.typedInput(2, [dtype]).shape, wanted))
      call.fail(`updates must be of shape [${wanted.join(', ')}]`)
    return [{ dtype, shape }]
  },
}

/** Picks slices by index tuples; batch_dims is not supported. */
const gatherNd: OperatorDefinition = {
  domain: '',
  attributes: {},
  infer: (call) => {
    const { dtype, shape } = call.typedInput(0, everyType)
    const indices = call.typedInput(1, ['int64']).shape
    const depth = sizeAt(indices, -1)
    if (depth > shape.length) call.fail(`indices of ${depth} axes for ${shape.length} axes`)
    return [{ dtype, shape: [...indices.slice(0, -1), ...shape.slice(depth)] }]
  },
}

const oneHot: OperatorDefinition = {
  domain: '',
  attributes: { axis: 'int' },
  infer: (call) => {
    const { shape } = call.typedInput(0, numericTypes)
    const [depth] = call.constantNumbers(1) ?? call.fail('input 1 is missing')
    const values = call.typedInput(2, everyType)
    if (!sameShape(values.shape, [2])) call.fail('the values must be of shape [2]')
    const axis = call.axis(call.number('axis', -1), shape.length + 1)
    return [{ dtype: values.dtype, shape: shape.toSpliced(axis, 0, depth ?? 0) }]
  },
}

/** The k largest (or smallest) elements along an axis, in order, and where they stand. */
const topK: OperatorDefinition = {
  domain: '',
  attributes: { axis: 'int', largest: 'int', sorted: 'int' },
  infer: (call) => {
    const { dtype, shape } = call.typedInput(0, [...floatTypes, 'int64', 'int32'])
    const axis = call.axis(call.number('axis', -1), shape.length)
    const [count] = call.requiredIntegers(1)
    if (count === undefined || count > sizeAt(shape, axis)) {
      return call.fail(`axis ${axis} does not have ${count} elements`)
    }
    const picked = shape.with(axis, count)
    return [
      { dtype, shape: picked },
      { dtype: 'int64', shape: picked },
    ]
  },
}

export const indexingOperators: OperatorFamily = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  ScatterElements: scatterElements,
  ScatterND: scatterNd,
  OneHot: oneHot,
  TopK: topK,
}

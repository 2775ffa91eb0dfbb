import { elementCount, type Shape } from '../types.ts'
import {
  everyType,
  type OperatorCall,
  type OperatorDefinition,
  type OperatorFamily,
  sameShape,
  sizeAt,
} from './define-operator.ts'

/** 0 copies the input's size of that axis (unless allowzero), one −1 takes what is left. */
function reshaped(call: OperatorCall): number[] {
  const { shape } = call.input(0)
  const wanted = call.requiredIntegers(1)
  const sizes = wanted.map((size, axis) => {
    if (size !== 0 || call.number('allowzero', 0) === 1) return size
    return shape[axis] ?? call.fail(`the new shape copies axis ${axis}, which the input does not have`)
  })
  const total = elementCount(shape)
  if (sizes.filter((size) => size === -1).length > 1) call.fail('only one size of the new shape can be -1')
  const known = elementCount(sizes.filter((size) => size !== -1))
  const result = sizes.map((size) => (size === -1 ? total / known : size))
  if (elementCount(result) !== total || result.some((size) => !Number.isInteger(size) || size < 0)) {
    call.fail(`cannot be reshaped to [${wanted.join(', ')}]`)
  }
  return result
}

function transposed(call: OperatorCall): number[] {
  const { shape } = call.input(0)
  const order = call.numbers('perm') ?? shape.map((_, axis) => axis).reverse()
  if (
    !sameShape(
      call.axes(order, shape.length),
      shape.map((_, axis) => axis),
    )
  ) {
    call.fail(`perm [${order.join(', ')}] does not name every axis once`)
  }
  return order.map((axis) => sizeAt(shape, axis))
}

function squeezed(call: OperatorCall): number[] {
  const { shape } = call.input(0)
  const given = call.constantIntegers(1)
  const axes = given ? call.axes(given, shape.length) : [...shape.keys()].filter((axis) => shape[axis] === 1)
  for (const axis of axes)
    if (shape[axis] !== 1) call.fail(`axis ${axis} of size ${shape[axis]} cannot be squeezed`)
  return shape.filter((_, axis) => !axes.includes(axis))
}

function unsqueezed(call: OperatorCall): number[] {
  const rest = [...call.input(0).shape]
  const given = call.requiredIntegers(1)
  const rank = rest.length + given.length
  const axes = call.axes(given, rank)
  return Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : (rest.shift() ?? 1)))
}

function flattened(call: OperatorCall): number[] {
  const { shape } = call.input(0)
  const axis = call.number('axis', 1)
  const split = axis === shape.length ? axis : call.axis(axis, shape.length)
  return [elementCount(shape.slice(0, split)), elementCount(shape.slice(split))]
}

function expanded(call: OperatorCall): number[] {
  return call.broadcast([call.input(0).shape, call.requiredIntegers(1)])
}

function tiled(call: OperatorCall): number[] {
  const { shape } = call.input(0)
  const repeats = call.requiredIntegers(1)
  if (repeats.length !== shape.length) call.fail(`got ${repeats.length} repeats for ${shape.length} axes`)
  return shape.map((size, axis) => size * sizeAt(repeats, axis))
}

function concatenated(call: OperatorCall): Shape {
  const first = call.input(0)
  const { length } = first.shape
  const axis = call.axis(call.number('axis', Number.NaN), length)
  let total = 0
  for (const index of call.inputs.keys()) {
    const { shape } = call.typedInput(index, [first.dtype])
    const differs = first.shape.findIndex((size, at) => at !== axis && size !== shape[at])
    if (shape.length !== length) call.fail(`input ${index} has ${shape.length} axes, expected ${length}`)
    if (differs >= 0)
      call.fail(
        `input ${index} differs on axis ${differs}: ${shape[differs]} against ${first.shape[differs]}`,
      )
    total += sizeAt(shape, axis)
  }
  return first.shape.with(axis, total)
}

/** Sizes of the parts that Split cuts its axis into. */
export function splitSizes(call: OperatorCall): { readonly axis: number; readonly sizes: readonly number[] } {
  const { shape } = call.input(0)
  const axis = call.axis(call.number('axis', 0), shape.length)
  if (!call.inputs[1] && call.number('num_outputs', 0) !== call.outputCount) {
    call.fail('needs sizes, or num_outputs equal to the number of outputs')
  }
  const size = sizeAt(shape, axis)
  const part = Math.ceil(size / call.outputCount)
  const even = Array.from({ length: call.outputCount }, (_, index) => Math.min(part, size - index * part))
  const sizes = call.constantIntegers(1) ?? even
  if (sizes.length !== call.outputCount) call.fail(`${sizes.length} parts for ${call.outputCount} outputs`)
  if (sizes.some((each) => each < 0) || sizes.reduce((sum, each) => sum + each, 0) !== size) {
    call.fail(`axis ${axis} of size ${size} cannot be split into [${sizes.join(', ')}]`)
  }
  return { axis, sizes }
}

const split: OperatorDefinition = {
  domain: '',
  attributes: { axis: 'int', num_outputs: 'int' },
  infer: (call) => {
    const { dtype, shape } = call.input(0)
    const { axis, sizes } = splitSizes(call)
    return sizes.map((size) => ({ dtype, shape: shape.with(axis, size) }))
  },
}

/** An operator that moves elements of any type. */
function movement(
  shapeOf: (call: OperatorCall) => Shape,
  attributes: OperatorDefinition['attributes'] = {},
): OperatorDefinition {
  return {
    domain: '',
    attributes,
    infer: (call) => [{ dtype: call.typedInput(0, everyType).dtype, shape: shapeOf(call) }],
  }
}

export const shapeOperators: OperatorFamily = {
  Reshape: movement(reshaped, { allowzero: 'int' }),
  Transpose: movement(transposed, { perm: 'ints' }),
  Squeeze: movement(squeezed),
  Unsqueeze: movement(unsqueezed),
  Flatten: movement(flattened, { axis: 'int' }),
  Expand: movement(expanded),
  Tile: movement(tiled),
  Concat: movement(concatenated, { axis: 'int' }),
  Split: split,
}

import type { DataType } from '../types.ts'
import { type OperatorCall, type OperatorDefinition, type OperatorFamily, sizeAt } from './define-operator.ts'
import { kernelExtent, resolveWindow, spatialNumbers, type WindowAxis, windowAttributes } from './window.ts'

/** The geometry of a MaxPool or AveragePool call. */
export function poolingWindow(call: OperatorCall): WindowAxis[] {
  const spatial = call.floatInput(0).shape.slice(2)
  if (spatial.length < 1)
    call.fail('the input needs a batch axis, a channel axis and at least one spatial axis')
  const kernel = call.numbers('kernel_shape') ?? call.fail('attribute kernel_shape is missing')
  if (kernel.length !== spatial.length)
    call.fail(`kernel_shape has ${kernel.length} axes, expected ${spatial.length}`)
  const window = resolveWindow(call, spatial, kernel, call.number('ceil_mode', 0) === 1)
  for (const axis of window) {
    if (axis.padBegin >= kernelExtent(axis) || axis.padEnd >= kernelExtent(axis)) {
      call.fail('pads must be smaller than the kernel')
    }
  }
  return window
}

function pooledShape(call: OperatorCall): number[] {
  return [...call.input(0).shape.slice(0, 2), ...poolingWindow(call).map((axis) => axis.output)]
}

const maxPool: OperatorDefinition = {
  domain: '',
  attributes: { ...windowAttributes, ceil_mode: 'int', storage_order: 'int' },
  infer: (call) => {
    const shape = pooledShape(call)
    const dtypes: DataType[] = call.outputCount > 1 ? [call.floatType(), 'int64'] : [call.floatType()]
    return dtypes.map((dtype) => ({ dtype, shape }))
  },
}

const averagePool: OperatorDefinition = {
  domain: '',
  attributes: { ...windowAttributes, ceil_mode: 'int', count_include_pad: 'int' },
  infer: (call) => [{ dtype: call.floatType(), shape: pooledShape(call) }],
}

const globalPool: OperatorDefinition = {
  domain: '',
  attributes: {},
  infer: (call) => {
    const { shape } = call.floatInput(0)
    if (shape.length < 3)
      call.fail('the input needs a batch axis, a channel axis and at least one spatial axis')
    return [{ dtype: call.floatType(), shape: shape.map((size, axis) => (axis < 2 ? size : 1)) }]
  },
}

/** The inverse of MaxPool with indices; windows must not overlap, because values are written, not added. */
const maxUnpool: OperatorDefinition = {
  domain: '',
  attributes: { kernel_shape: 'ints', pads: 'ints', strides: 'ints' },
  infer: (call) => {
    const { shape } = call.floatInput(0)
    call.typedInput(1, ['int64'])
    const given = call.constantIntegers(2)
    if (given) return [{ dtype: call.floatType(), shape: given }]
    const kernel = call.numbers('kernel_shape') ?? call.fail('attribute kernel_shape is missing')
    const strides = spatialNumbers(call, 'strides', kernel.length, 1)
    const pads = spatialNumbers(call, 'pads', 2 * kernel.length, 0)
    const spatial = kernel.map(
      (size, axis) =>
        (sizeAt(shape, axis + 2) - 1) * sizeAt(strides, axis) +
        size -
        sizeAt(pads, axis) -
        sizeAt(pads, axis + kernel.length),
    )
    return [{ dtype: call.floatType(), shape: [...shape.slice(0, 2), ...spatial] }]
  },
}

export const poolingOperators: OperatorFamily = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  MaxUnpool: maxUnpool,
}

import { type OperatorCall, type OperatorDefinition, type OperatorFamily, sizeAt } from './define-operator.ts'
import { kernelExtent, resolveWindow, spatialNumbers, type WindowAxis, windowAttributes } from './window.ts'

/** The geometry of a Conv call: input [N, C, …], kernel [M, C / group, …]. */
export function convolutionWindow(call: OperatorCall): WindowAxis[] {
  const kernel = kernelShape(call)
  return resolveWindow(call, call.floatInput(0).shape.slice(2), kernel)
}

function kernelShape(call: OperatorCall): readonly number[] {
  const { shape } = call.floatInput(0)
  const weights = call.floatInput(1).shape
  if (shape.length < 3)
    call.fail('the input needs a batch axis, a channel axis and at least one spatial axis')
  if (weights.length !== shape.length) call.fail('input and kernel must have equally many axes')
  const kernel = weights.slice(2)
  const stated = call.numbers('kernel_shape')
  if (stated && (stated.length !== kernel.length || stated.some((size, axis) => size !== kernel[axis]))) {
    call.fail(`kernel_shape [${stated.join(', ')}] is not the kernel's`)
  }
  return kernel
}

function checkBias(call: OperatorCall, filters: number): void {
  if (!call.inputs[2]) return
  const { shape } = call.floatInput(2)
  if (shape.length !== 1 || shape[0] !== filters) call.fail(`the bias must be of shape [${filters}]`)
}

const convolution: OperatorDefinition = {
  domain: '',
  attributes: { ...windowAttributes, group: 'int' },
  infer: (call) => {
    const window = convolutionWindow(call)
    const { shape } = call.floatInput(0)
    const weights = call.floatInput(1).shape
    const group = call.number('group', 1)
    const channels = sizeAt(weights, 1) * group
    if (sizeAt(shape, 1) !== channels) {
      call.fail(`axis 1 of the input has ${sizeAt(shape, 1)} channels, the kernel expects ${channels}`)
    }
    const filters = sizeAt(weights, 0)
    if (filters % group !== 0) call.fail(`${filters} filters cannot be divided into ${group} groups`)
    checkBias(call, filters)
    return [
      { dtype: call.floatType(), shape: [sizeAt(shape, 0), filters, ...window.map((axis) => axis.output)] },
    ]
  },
}

/** The geometry of a ConvTranspose call: `output` is the larger side, pads are what is cut off it. */
export function transposedWindow(call: OperatorCall): (WindowAxis & { readonly outputPadding: number })[] {
  const spatial = call.floatInput(0).shape.slice(2)
  const kernel = kernelShape(call)
  const { length } = spatial
  if (call.text('auto_pad', 'NOTSET') !== 'NOTSET') call.fail('auto_pad is not supported: give pads')
  if (call.numbers('output_shape')) call.fail('output_shape is not supported: give pads and output_padding')
  const strides = spatialNumbers(call, 'strides', length, 1)
  const dilations = spatialNumbers(call, 'dilations', length, 1)
  const pads = spatialNumbers(call, 'pads', 2 * length, 0)
  const outputPadding = call.numbers('output_padding') ?? new Array<number>(length).fill(0)
  return spatial.map((input, index) => {
    const axis = {
      input,
      kernel: kernel[index] ?? 1,
      stride: strides[index] ?? 1,
      dilation: dilations[index] ?? 1,
      padBegin: pads[index] ?? 0,
      padEnd: pads[index + length] ?? 0,
      outputPadding: outputPadding[index] ?? 0,
    }
    const full = axis.stride * (input - 1) + axis.outputPadding + kernelExtent(axis)
    const output = full - axis.padBegin - axis.padEnd
    if (output < 1) call.fail(`axis ${index + 2} of the output would have size ${output}`)
    return { ...axis, output }
  })
}

const transposedConvolution: OperatorDefinition = {
  domain: '',
  attributes: { ...windowAttributes, group: 'int', output_padding: 'ints', output_shape: 'ints' },
  infer: (call) => {
    const window = transposedWindow(call)
    const { shape } = call.floatInput(0)
    const weights = call.floatInput(1).shape
    const group = call.number('group', 1)
    if (sizeAt(shape, 1) !== sizeAt(weights, 0)) {
      call.fail(
        `axis 1 of the input has ${sizeAt(shape, 1)} channels, the kernel expects ${sizeAt(weights, 0)}`,
      )
    }
    if (sizeAt(shape, 1) % group !== 0)
      call.fail(`${sizeAt(shape, 1)} channels cannot be divided into ${group} groups`)
    const filters = sizeAt(weights, 1) * group
    checkBias(call, filters)
    return [
      { dtype: call.floatType(), shape: [sizeAt(shape, 0), filters, ...window.map((axis) => axis.output)] },
    ]
  },
}

export const convolutionOperators: OperatorFamily = {
  Conv: convolution,
  ConvTranspose: transposedConvolution,
}

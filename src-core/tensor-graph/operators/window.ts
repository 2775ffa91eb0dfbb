import type { Shape } from '../types.ts'
import type { OperatorCall } from './define-operator.ts'

/** One spatial axis of a sliding window, everything explicit. */
export interface WindowAxis {
  readonly input: number
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly padBegin: number
  readonly padEnd: number
  readonly output: number
}

/** Attributes of every operator that slides a window. */
export const windowAttributes = {
  auto_pad: 'string',
  dilations: 'ints',
  kernel_shape: 'ints',
  pads: 'ints',
  strides: 'ints',
} as const

/**
 * Resolves strides, dilations, pads and auto_pad of a convolution or pooling call and computes output sizes:
 * floor((input + pads − effective kernel) / stride) + 1, or ceil where asked for, as the ONNX operator pages say.
 */
export function resolveWindow(call: OperatorCall, spatial: Shape, kernel: Shape, ceil = false): WindowAxis[] {
  const { length } = spatial
  const strides = spatialNumbers(call, 'strides', length, 1)
  const dilations = spatialNumbers(call, 'dilations', length, 1)
  const pads = spatialNumbers(call, 'pads', 2 * length, 0)
  const autoPad = call.text('auto_pad', 'NOTSET')
  return spatial.map((input, axis) => {
    const sliding = {
      input,
      kernel: kernel[axis] ?? 1,
      stride: strides[axis] ?? 1,
      dilation: dilations[axis] ?? 1,
    }
    const padBegin = pads[axis] ?? 0
    const padEnd = pads[axis + length] ?? 0
    return autoPad === 'NOTSET'
      ? slide(call, { ...sliding, padBegin, padEnd }, ceil)
      : autoSlide(call, sliding, autoPad)
  })
}

type Sliding = Omit<WindowAxis, 'output' | 'padBegin' | 'padEnd'>

/** Effective extent of a kernel with gaps. */
export function kernelExtent(axis: { readonly kernel: number; readonly dilation: number }): number {
  return (axis.kernel - 1) * axis.dilation + 1
}

function slide(call: OperatorCall, axis: Omit<WindowAxis, 'output'>, ceil: boolean): WindowAxis {
  const room = axis.input + axis.padBegin + axis.padEnd - kernelExtent(axis)
  if (room < 0) {
    call.fail(
      `a kernel of extent ${kernelExtent(axis)} does not fit into ${axis.input} + ${axis.padBegin + axis.padEnd}`,
    )
  }
  if (!ceil) return { ...axis, output: Math.floor(room / axis.stride) + 1 }
  const output = Math.ceil(room / axis.stride) + 1
  if ((output - 1) * axis.stride >= axis.input + axis.padBegin) {
    call.fail('the last window of ceil_mode would start in the pads, where onnxruntime contradicts itself')
  }
  return { ...axis, output }
}

function autoSlide(call: OperatorCall, axis: Sliding, autoPad: string): WindowAxis {
  if (autoPad === 'VALID') return slide(call, { ...axis, padBegin: 0, padEnd: 0 }, false)
  if (autoPad !== 'SAME_UPPER' && autoPad !== 'SAME_LOWER') return call.fail(`auto_pad ${autoPad} is unknown`)
  const output = Math.ceil(axis.input / axis.stride)
  const total = Math.max(0, (output - 1) * axis.stride + kernelExtent(axis) - axis.input)
  const small = Math.floor(total / 2)
  const padBegin = autoPad === 'SAME_UPPER' ? small : total - small
  return { ...axis, padBegin, padEnd: total - padBegin, output }
}

/** A per-axis attribute, or the default for every axis. */
export function spatialNumbers(
  call: OperatorCall,
  name: string,
  length: number,
  fallback: number,
): readonly number[] {
  const given = call.numbers(name) ?? new Array<number>(length).fill(fallback)
  if (given.length !== length) call.fail(`attribute ${name} has ${given.length} numbers, expected ${length}`)
  if (given.some((value) => !Number.isInteger(value) || value < 0 || (value < 1 && name !== 'pads'))) {
    call.fail(`attribute ${name} = [${given.join(', ')}] is out of range`)
  }
  return given
}

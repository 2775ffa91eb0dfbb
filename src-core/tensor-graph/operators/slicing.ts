import {
  everyType,
  type OperatorCall,
  type OperatorDefinition,
  type OperatorFamily,
  sizeAt,
} from './define-operator.ts'

/** One axis of a Slice: elements start, start + step, … of which there are `size`. */
export interface SlicedAxis {
  readonly start: number
  readonly step: number
  readonly size: number
}

/** Every axis of a Slice call, clamped as the ONNX page says. */
export function slicedAxes(call: OperatorCall): SlicedAxis[] {
  const { shape } = call.input(0)
  const starts = call.requiredIntegers(1)
  const ends = call.requiredIntegers(2)
  const axes = call.constantIntegers(3) ?? [...starts.keys()]
  const steps = call.constantIntegers(4) ?? axes.map(() => 1)
  call.axes(axes, shape.length)
  if (ends.length !== starts.length || axes.length !== starts.length || steps.length !== starts.length) {
    call.fail('starts, ends, axes and steps must be equally long')
  }
  const result = shape.map((size): SlicedAxis => ({ start: 0, step: 1, size }))
  for (const [index, given] of axes.entries()) {
    const axis = call.axis(given, shape.length)
    result[axis] = slicedAxis(
      call,
      sizeAt(shape, axis),
      starts[index] ?? 0,
      ends[index] ?? 0,
      steps[index] ?? 1,
    )
  }
  return result
}

function slicedAxis(call: OperatorCall, size: number, start: number, end: number, step: number): SlicedAxis {
  if (step === 0) call.fail('a step must not be 0')
  const fromFront = (position: number) => (position < 0 ? position + size : position)
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1]
  const first = Math.min(Math.max(fromFront(start), 0), step > 0 ? size : size - 1)
  const last = Math.min(Math.max(fromFront(end), low), high)
  return { start: first, step, size: Math.max(0, Math.ceil((last - first) / step)) }
}

/** Pads of every axis of a Pad call; negative numbers cut. */
export function paddedAxes(call: OperatorCall): { readonly before: number; readonly after: number }[] {
  const { shape } = call.input(0)
  const pads = call.requiredIntegers(1)
  const axes = (call.constantIntegers(3) ?? [...shape.keys()]).map((axis) => call.axis(axis, shape.length))
  if (pads.length !== 2 * axes.length) call.fail(`got ${pads.length} pads for ${axes.length} axes`)
  return shape.map((_, axis) => {
    const index = axes.indexOf(axis)
    return index < 0
      ? { before: 0, after: 0 }
      : { before: sizeAt(pads, index), after: sizeAt(pads, index + axes.length) }
  })
}

const slice: OperatorDefinition = {
  domain: '',
  attributes: {},
  infer: (call) => [
    { dtype: call.typedInput(0, everyType).dtype, shape: slicedAxes(call).map((axis) => axis.size) },
  ],
}

const pad: OperatorDefinition = {
  domain: '',
  attributes: { mode: 'string' },
  infer: (call) => {
    const { dtype, shape } = call.typedInput(0, everyType)
    const mode = call.text('mode', 'constant')
    if (!['constant', 'reflect', 'edge', 'wrap'].includes(mode)) call.fail(`mode ${mode} is unknown`)
    if (call.inputs[2]) call.typedInput(2, [dtype])
    const sizes = paddedAxes(call).map(({ before, after }, axis) => sizeAt(shape, axis) + before + after)
    const negative = sizes.findIndex((size) => size < 0)
    if (negative >= 0) call.fail(`axis ${negative} would have size ${sizes[negative]}`)
    return [{ dtype, shape: sizes }]
  },
}

export const slicingOperators: OperatorFamily = { Slice: slice, Pad: pad }

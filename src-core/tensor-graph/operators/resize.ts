import { type OperatorCall, type OperatorDefinition, type OperatorFamily, sizeAt } from './define-operator.ts'

/** One axis of a Resize call. */
export interface ResizedAxis {
  readonly input: number
  readonly output: number
  /** As given, or output / input. */
  readonly scale: number
}

const coordinateModes = ['half_pixel', 'asymmetric', 'align_corners', 'pytorch_half_pixel']
const nearestModes = ['floor', 'ceil', 'round_prefer_floor', 'round_prefer_ceil']

/** Sizes and scales of every axis: from the `scales` input (floor(size · scale)) or from `sizes`, for some axes or all. */
export function resizedAxes(call: OperatorCall): ResizedAxis[] {
  const { shape } = call.input(0)
  const scales = call.constantNumbers(2)
  const sizes = call.constantIntegers(3)
  const given = scales?.length ? scales : sizes
  const axes = (call.numbers('axes') ?? [...shape.keys()]).map((axis) => call.axis(axis, shape.length))
  if (given?.length !== axes.length) return call.fail('needs one scale or one size for every axis')
  return shape.map((input, axis) => {
    const at = axes.indexOf(axis)
    if (at < 0) return { input, output: input, scale: 1 }
    if (!scales?.length) return { input, output: sizeAt(given, at), scale: sizeAt(given, at) / input }
    return { input, output: Math.floor(input * sizeAt(given, at)), scale: sizeAt(given, at) }
  })
}

const resize: OperatorDefinition = {
  domain: '',
  attributes: {
    axes: 'ints',
    mode: 'string',
    coordinate_transformation_mode: 'string',
    nearest_mode: 'string',
  },
  infer: (call) => {
    const { dtype } = call.floatInput(0)
    const check = (name: string, fallback: string, known: readonly string[]) => {
      const value = call.text(name, fallback)
      if (!known.includes(value)) call.fail(`attribute ${name} = ${value} is not supported`)
    }
    check('mode', 'nearest', ['nearest', 'linear'])
    check('coordinate_transformation_mode', 'half_pixel', coordinateModes)
    check('nearest_mode', 'round_prefer_floor', nearestModes)
    return [{ dtype, shape: resizedAxes(call).map((axis) => axis.output) }]
  },
}

export const resizeOperators: OperatorFamily = { Resize: resize }

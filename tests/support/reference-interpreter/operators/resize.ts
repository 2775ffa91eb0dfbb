import {
  at,
  build,
  list,
  numbers,
  positiveAxis,
  type ReferenceFamily,
  type ReferenceOperator,
  type ReferenceTensor,
  required,
  text,
} from '../tensor.ts'

function coordinate(index: number, input: number, output: number, scale: number, mode: string): number {
  switch (mode) {
    case 'half_pixel':
      return (index + 0.5) / scale - 0.5
    case 'pytorch_half_pixel':
      return output > 1 ? (index + 0.5) / scale - 0.5 : 0
    case 'align_corners':
      return output > 1 ? (index * (input - 1)) / (output - 1) : 0
    case 'asymmetric':
      return index / scale
    default:
      throw new Error(`unknown coordinate_transformation_mode ${mode}`)
  }
}

function rounded(position: number, mode: string): number {
  const down = Math.floor(position)
  if (mode === 'floor') return down
  if (mode === 'ceil') return Math.ceil(position)
  if (position - down === 0.5) return mode === 'round_prefer_floor' ? down : down + 1
  return position - down < 0.5 ? down : down + 1
}

/** Interpolates along one axis after the other, with the border repeated. */
const resize: ReferenceOperator = (inputs, attributes) => {
  const scales = numbers(inputs[2])
  const sizes = numbers(inputs[3])
  const transformation = text(attributes, 'coordinate_transformation_mode', 'half_pixel')
  const linear = text(attributes, 'mode', 'nearest') === 'linear'
  const nearestMode = text(attributes, 'nearest_mode', 'round_prefer_floor')
  let x: ReferenceTensor = required(inputs, 0)
  const axes = list(attributes, 'axes') ?? [...x.shape.keys()]
  for (const [place, given] of axes.entries()) {
    const source = x
    const axis = positiveAxis(given, source.shape.length)
    const input = source.shape[axis] ?? 1
    const output = scales?.length ? Math.floor(input * (scales[place] ?? 1)) : (sizes?.[place] ?? 1)
    const scale = scales?.length ? (scales[place] ?? 1) : output / input
    const border = (position: number) => Math.min(Math.max(position, 0), input - 1)
    x = build(x.dtype, source.shape.with(axis, output), (index) => {
      const position = coordinate(index[axis] ?? 0, input, output, scale, transformation)
      if (!linear) return at(source, index.with(axis, border(rounded(position, nearestMode))))
      const low = Math.floor(position)
      const high = position - low
      return (
        (1 - high) * at(source, index.with(axis, border(low))) +
        high * at(source, index.with(axis, border(low + 1)))
      )
    })
  }
  return [x]
}

export const resizeReference: ReferenceFamily = { Resize: resize }

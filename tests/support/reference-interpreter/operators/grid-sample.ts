import { at, build, type ReferenceFamily, type ReferenceOperator, required, text } from '../tensor.ts'

/** Mirrors a position at −½ and size − ½ until it lies between them. */
function reflect(position: number, size: number): number {
  let folded = position
  while (folded < -0.5 || folded > size - 0.5) {
    folded = folded < -0.5 ? -1 - folded : 2 * size - 1 - folded
  }
  return folded
}

/** Rounds halves to even, as the ONNX page says. */
function roundHalfToEven(value: number): number {
  const low = Math.floor(value)
  if (value - low !== 0.5) return Math.round(value)
  return low % 2 === 0 ? low : low + 1
}

const gridSample: ReferenceOperator = (inputs, attributes) => {
  const [x, grid] = [required(inputs, 0), required(inputs, 1)]
  const [images = 0, channels = 0, height = 0, width = 0] = x.shape
  const padding = text(attributes, 'padding_mode', 'zeros')
  const fold = (position: number, size: number) => {
    if (padding === 'border') return Math.min(Math.max(position, 0), size - 1)
    return padding === 'reflection' ? reflect(position, size) : position
  }
  const pixel = (image: number, channel: number, row: number, column: number) => {
    const [r, c] = padding === 'zeros' ? [row, column] : [fold(row, height), fold(column, width)]
    return r < 0 || r >= height || c < 0 || c >= width ? 0 : at(x, [image, channel, r, c])
  }
  const shape = [images, channels, grid.shape[1] ?? 0, grid.shape[2] ?? 0]
  return [
    build(x.dtype, shape, ([image = 0, channel = 0, row = 0, column = 0]) => {
      const place = (part: number, size: number) =>
        ((at(grid, [image, row, column, part]) + 1) * size - 1) / 2
      const [u, v] = [place(0, width), place(1, height)]
      if (text(attributes, 'mode', 'linear') === 'nearest') {
        return pixel(image, channel, roundHalfToEven(v), roundHalfToEven(u))
      }
      const [s, t] = [fold(u, width), fold(v, height)]
      const [left, top] = [Math.floor(s), Math.floor(t)]
      const along = (r: number) =>
        (left + 1 - s) * pixel(image, channel, r, left) + (s - left) * pixel(image, channel, r, left + 1)
      return (top + 1 - t) * along(top) + (t - top) * along(top + 1)
    }),
  ]
}

export const gridSampleReference: ReferenceFamily = { GridSample: gridSample }

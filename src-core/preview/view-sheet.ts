import type { PictureSheet } from '../generation/picture-sheet.ts'
import { type Colour, colourOf } from './colour-map.ts'
import type { LayerView, Planes } from './layer-view.ts'

/** Transparent pixels between planes. */
const gap = 1
/** Opacity of steps that are padding. */
const paddingOpacity = 64

const barWidth = 6
const barsHeight = 60
const barColour: Colour = [0x31, 0x68, 0x8e]

/** As many planes beside each other as make a sheet that is about as wide as it is high. */
export function planeColumns({ count, height, width }: Pick<Planes, 'count' | 'height' | 'width'>): number {
  return Math.max(1, Math.min(count, Math.ceil(Math.sqrt((count * height) / width))))
}

/**
 * Planes as they are looked at: pictures in their own colours, maps in those of viridis, `columns` beside each other.
 * Rows that the mask calls padding are faint.
 */
export function planesSheet(
  planes: Planes,
  columns = planeColumns(planes),
  mask?: LayerView['mask'],
): PictureSheet {
  const { channels, height, width, count, kind } = planes
  const across = Math.max(1, Math.min(columns, count))
  const sheet = emptySheet(across * (width + gap) - gap, Math.ceil(count / across) * (height + gap) - gap)
  const plane = height * width
  for (let index = 0; index < count; index++) {
    const left = (index % across) * (width + gap)
    const top = Math.floor(index / across) * (height + gap)
    for (let at = 0; at < plane; at++) {
      const byte = (channel: number) => planes.pixels[(index * channels + channel) * plane + at] ?? 0
      const grey = byte(0)
      const colour: Colour =
        kind !== 'picture' ? colourOf(grey) : channels === 3 ? [grey, byte(1), byte(2)] : [grey, grey, grey]
      const row = Math.floor(at / width)
      const opacity = mask && mask.rows[row] === 0 ? paddingOpacity : 255
      paint(sheet, left + (at % width), top + row, colour, opacity)
    }
  }
  return sheet
}

/** What is to be seen of several draws, above each other: planes, or bars of all values or of their distribution. */
export function viewsSheet(views: readonly LayerView[]): PictureSheet {
  const sheets = views.map((view) =>
    view.planes ? planesSheet(view.planes, undefined, view.mask) : barsSheet(view.values ?? view.histogram),
  )
  const across = Math.max(1, Math.ceil(Math.sqrt(sheets.length)))
  const [first] = sheets
  if (!first) throw new Error('there is nothing to draw')
  const rows = Math.ceil(sheets.length / across)
  const space = 4 * gap
  const all = emptySheet(across * (first.width + space) - space, rows * (first.height + space) - space)
  for (const [index, sheet] of sheets.entries()) {
    const left = (index % across) * (first.width + space)
    const top = Math.floor(index / across) * (first.height + space)
    for (let row = 0; row < sheet.height; row++) {
      const from = 4 * row * sheet.width
      all.pixels.set(
        sheet.pixels.subarray(from, from + 4 * sheet.width),
        4 * ((top + row) * all.width + left),
      )
    }
  }
  return all
}

/** Bars from a line at 0 up or down. */
function barsSheet(values: readonly (number | null)[]): PictureSheet {
  const numbers = values.map((value) => value ?? 0)
  const highest = Math.max(0, ...numbers)
  const range = highest - Math.min(0, ...numbers) || 1
  const sheet = emptySheet(Math.max(1, numbers.length * barWidth), barsHeight)
  const rowOf = (value: number) => Math.round(((highest - value) / range) * (barsHeight - 1))
  for (const [index, value] of numbers.entries()) {
    const [top, bottom] = [Math.min(rowOf(value), rowOf(0)), Math.max(rowOf(value), rowOf(0))]
    for (let row = top; row <= bottom; row++) {
      for (let column = 0; column < barWidth - 1; column++) {
        paint(sheet, index * barWidth + column, row, barColour, 255)
      }
    }
  }
  return sheet
}

function emptySheet(width: number, height: number): PictureSheet {
  return { width, height, pixels: new Uint8Array(4 * width * height) }
}

function paint(sheet: PictureSheet, x: number, y: number, colour: Colour, opacity: number): void {
  sheet.pixels.set([...colour, opacity], 4 * (y * sheet.width + x))
}

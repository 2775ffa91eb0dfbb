import { Draws } from './draws.ts'
import { type GeneratedTable, numberColumn, rowNumbers } from './generated-table.ts'

const seed = 6

/** Digits of a strip at most. */
export const stripDigits = 5
export const [stripHeight, stripWidth] = [16, 64]

/** 0 to 9 as points, five columns and seven rows, as on displays of the seventies. */
const digits = [
  '01110 10001 10011 10101 11001 10001 01110',
  '00100 01100 00100 00100 00100 00100 01110',
  '01110 10001 00001 00010 00100 01000 11111',
  '11111 00010 00100 00010 00001 10001 01110',
  '00010 00110 01010 10010 11111 00010 00010',
  '11111 10000 11110 00001 00001 10001 01110',
  '00110 01000 10000 11110 10001 10001 01110',
  '11111 00001 00010 00100 01000 01000 01000',
  '01110 10001 10001 01110 10001 10001 01110',
  '01110 10001 10001 01111 00001 00010 01100',
].map((rows) => rows.split(' '))

/** Where a digit stands, in pixels, and how it leans. */
interface PlacedDigit {
  readonly digit: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly slant: number
}

function isInk({ digit, left, top, width, height, slant }: PlacedDigit, x: number, y: number): boolean {
  const row = Math.floor(((y - top) / height) * 7)
  const column = Math.floor(((x - left - slant * (top + height / 2 - y)) / width) * 5)
  return digits[digit]?.[row]?.[column] === '1'
}

/** One to five digits from left to right, of different sizes and with different gaps. */
function placeDigits(draws: Draws): PlacedDigit[] {
  const count = 1 + draws.below(stripDigits)
  let left = draws.uniform(1, 4 + 11 * (stripDigits - count))
  return rowNumbers(count).map(() => {
    const [width, height] = [draws.uniform(6.5, 8.5), draws.uniform(9, 13)]
    const placed = {
      digit: draws.below(10),
      left,
      top: draws.uniform(1, stripHeight - 1 - height),
      width,
      height,
      slant: draws.uniform(-0.15, 0.25),
    }
    left += width + draws.uniform(2, 3.4)
    return placed
  })
}

/**
 * Grey pictures, 1 × 16 × 64, of one to five digits somewhere on a noisy ground, beside what they read as: the columns
 * `label 1` to `label 5` hold 1 to 9 for these digits and 10 for the digit 0, and 0 where there are no more. Nothing says
 * where a digit stands.
 */
export function digitStrips(): GeneratedTable {
  const draws = new Draws(seed, 'digit strips')
  const rows = 2000
  const size = stripHeight * stripWidth
  const values = new Uint8Array(rows * size)
  const strips = rowNumbers(rows).map((row) => {
    const placed = placeDigits(draws)
    const [ink, ground] = [draws.uniform(150, 235), draws.uniform(20, 80)]
    for (let index = 0; index < size; index++) {
      const [x, y] = [(index % stripWidth) + 0.5, Math.floor(index / stripWidth) + 0.5]
      const shade = placed.some((digit) => isInk(digit, x, y)) ? ink : ground
      values[row * size + index] = Math.round(shade + draws.uniform(-20, 20))
    }
    return placed.map(({ digit }) => digit)
  })
  const labels = rowNumbers(stripDigits).map((at) =>
    numberColumn(
      `label ${at + 1}`,
      strips.map((strip) => labelOf(strip[at])),
    ),
  )
  return {
    rows,
    columns: [{ type: 'image', name: 'strip', shape: [1, stripHeight, stripWidth], values }, ...labels],
  }
}

/** 0 is the blank and no label. */
function labelOf(digit: number | undefined): number {
  if (digit === undefined) return 0
  return digit === 0 ? 10 : digit
}

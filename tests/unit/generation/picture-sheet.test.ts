import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { pictureSheet } from '../../../src-core/generation/picture-sheet.ts'
import { encodePng } from '../../../src-main/services/encode-png.ts'

/** Red of a pixel, or nothing where it is transparent. */
function redAt({ width, pixels }: ReturnType<typeof pictureSheet>, row: number, column: number) {
  const at = 4 * (row * width + column)
  return pixels[at + 3] === 255 ? pixels[at] : null
}

it('stacks the pictures of a sample above each other, samples beside each other', () => {
  // Three samples of one pixel, of which two fit beside each other.
  const sheet = pictureSheet([Uint8Array.of(1, 2, 3), Uint8Array.of(11, 12, 13)], [1, 1, 1], 2)
  expect([sheet.width, sheet.height]).toEqual([4, 10])
  const found = [0, 3, 6, 9].map((row) => [redAt(sheet, row, 0), redAt(sheet, row, 3)])
  expect(found).toEqual([
    [1, 2],
    [11, 12],
    [3, null],
    [13, null],
  ])
  expect(redAt(sheet, 1, 0)).toBeNull()
})

it('takes colours from planes', () => {
  const { pixels } = pictureSheet([Uint8Array.of(1, 2, 3, 4, 5, 6)], [3, 1, 2], 1)
  expect([...pixels]).toEqual([1, 3, 5, 255, 2, 4, 6, 255])
})

it('writes a PNG file that holds every pixel, enlarged', () => {
  const sheet = pictureSheet(
    [Uint8Array.from({ length: 6 * 40 * 40 }, (_, index) => index % 251)],
    [1, 40, 40],
    3,
  )
  const png = Buffer.from(encodePng(sheet))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  expect([width, height]).toEqual([8 * sheet.width, 8 * sheet.height])
  const length = png.readUInt32BE(33)
  const lines = inflateSync(png.subarray(41, 41 + length))
  for (const [row, column] of [
    [0, 0],
    [17, 100],
    [81, 123],
    [41, 5],
  ] as const) {
    const at = (8 * row + 2) * (1 + 4 * width) + 1 + 4 * (8 * column + 7)
    const from = 4 * (row * sheet.width + column)
    expect([...lines.subarray(at, at + 4)]).toEqual([...sheet.pixels.subarray(from, from + 4)])
  }
})

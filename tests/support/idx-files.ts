import { writeFileSync } from 'node:fs'
import path from 'node:path'

/** Writes a pair of IDX files of small pictures: the class decides which quarter of the picture is bright. */
export function writeIdxPair(folder: string, rows: number, size: number): { images: string; labels: string } {
  const images = path.join(folder, 'squares-images-idx3-ubyte')
  const labels = path.join(folder, 'squares-labels-idx1-ubyte')
  const classes = Array.from({ length: rows }, (_, row) => row % 4)
  const pixels = classes.flatMap((kind, row) =>
    Array.from({ length: size * size }, (_, pixel) => {
      const down = Math.floor(pixel / size) >= size / 2 ? 2 : 0
      const right = pixel % size >= size / 2 ? 1 : 0
      const noise = (row * 31 + pixel * 17) % 60
      return down + right === kind ? 180 + noise : noise
    }),
  )
  writeFileSync(images, Uint8Array.from([...header(3, [rows, size, size]), ...pixels]))
  writeFileSync(labels, Uint8Array.from([...header(1, [rows]), ...classes]))
  return { images, labels }
}

/** Magic number of unsigned bytes with so many axes, then the axes' sizes, big endian. */
function header(axes: number, sizes: readonly number[]): number[] {
  return [
    0,
    0,
    8,
    axes,
    ...sizes.flatMap((size) => [size >> 24, size >> 16, size >> 8, size].map((byte) => byte & 255)),
  ]
}

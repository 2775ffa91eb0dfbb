import { pictureSheet } from '../../src-core/generation/picture-sheet.ts'
import { encodePng } from '../../src-main/services/encode-png.ts'
import { openWorkspaceReadOnly } from '../../src-main/workspace/open.ts'

/** Pictures as rows of values from 0 to 1, and what they show. */
export interface Pictures {
  readonly size: number
  readonly rows: readonly Float32Array[]
  readonly labels: readonly number[]
}

/** The first pictures of the digits sample in a workspace. */
export function realDigits(workspaceFile: string, count: number): Pictures {
  const { datasets } = openWorkspaceReadOnly(workspaceFile)
  const info = datasets.findByName('mnist')
  const image = info?.columns.find(({ type }) => type === 'image')
  const label = info?.columns.find(({ type }) => type === 'category')
  if (!info || !image || !label) throw new Error('the digits sample is not there')
  const size = image.shape.reduce((product, axis) => product * axis, 1)
  const rows: Float32Array[] = []
  const labels: number[] = []
  for (let chunk = 0; rows.length < count; chunk++) {
    const pixels = datasets.readColumnChunk(info.id, image.name, chunk)
    const classes = datasets.readColumnChunk(info.id, label.name, chunk)
    const indices = new Int32Array(classes.buffer, classes.byteOffset, classes.byteLength / 4)
    for (let row = 0; row < indices.length && rows.length < count; row++) {
      const bytes = pixels.subarray(row * size, (row + 1) * size)
      rows.push(Float32Array.from(bytes, (value) => value / 255))
      labels.push(indices[row] ?? 0)
    }
  }
  return { size, rows, labels }
}

/** Squared distance of two pictures. */
export function squaredDistance(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (const [index, value] of one.entries()) sum += (value - (other[index] ?? 0)) ** 2
  return sum
}

/** The picture of `among` that is nearest to one: its place, and its distance. */
export function nearest(one: Float32Array, among: readonly Float32Array[]) {
  const distances = among.map((other) => squaredDistance(one, other))
  const distance = Math.min(...distances)
  return { index: distances.indexOf(distance), distance: Math.sqrt(distance) }
}

/** Mean distance between neighbours in a list of pictures. */
export function spread(pictures: readonly Float32Array[]): number {
  const distances = pictures
    .slice(1)
    .map((picture, index) => Math.sqrt(squaredDistance(picture, pictures[index] ?? new Float32Array())))
  return distances.reduce((sum, value) => sum + value, 0) / distances.length
}

export function meanOf(values: ArrayLike<number>): number {
  const all = Array.from(values)
  return all.reduce((sum, value) => sum + value, 0) / all.length
}

/** Square pictures of one channel, side by side, as a PNG file. */
export function contactSheet(pictures: readonly Float32Array[], columns: number): Uint8Array {
  const side = Math.sqrt(pictures[0]?.length ?? 1)
  const bytes = pictures.flatMap((picture) =>
    Array.from(picture, (value) => 255 * Math.min(Math.max(value, 0), 1)),
  )
  return encodePng(pictureSheet([Uint8Array.from(bytes)], [1, side, side], columns))
}

import type { Shape } from '../tensor-graph/types.ts'
import { inverseNormal } from './normal-distribution.ts'
import { fillUniform } from './random.ts'
import { randomOrthogonal } from './random-orthogonal.ts'

/** Half of the distance between two uniform numbers: keeps the smallest, 0, away from where the quantile is infinite. */
const halfUnit = 2 ** -25

/** Normal with mean 0, cut nowhere. */
export function fillNormal(values: Float32Array, seed: number, key: string, deviation: number): Float32Array {
  fillUniform(values, seed, key, 0)
  for (let i = 0; i < values.length; i++) values[i] = deviation * inverseNormal((values[i] ?? 0) + halfUnit)
  return values
}

/**
 * The identity of a matrix (ones where row and column are the same). A kernel with more axes, [outputs, inputs, ...],
 * passes every channel on as it is: ones in the middle of the window, as PyTorch's `dirac_`.
 */
export function fillIdentity(values: Float32Array, shape: Shape): Float32Array {
  const [rows = 1, columns = 1, ...window] = shape.length < 2 ? [1, ...shape] : shape
  const elements = window.reduce((product, size) => product * size, 1)
  const middle = window.reduce((at, size) => at * size + Math.floor(size / 2), 0)
  for (let i = 0; i < Math.min(rows, columns); i++) values[(i * columns + i) * elements + middle] = 1
  return values
}

/**
 * Orthogonal rows of length 1, or columns where there are more rows than columns; random and uniformly distributed
 * (Saxe, McClelland and Ganguli 2014). A kernel with more axes counts as a matrix with the first axis as its rows, which is
 * Keras's [..., filters] turned over.
 */
export function fillOrthogonal(values: Float32Array, shape: Shape, seed: number, key: string): Float32Array {
  const rows = shape.length < 2 ? 1 : (shape[0] ?? 1)
  const columns = values.length / Math.max(1, rows)
  const length = Math.max(rows, columns)
  const count = Math.min(rows, columns)
  const q = randomOrthogonal(length, count, (index) =>
    fillNormal(new Float32Array(length - index), seed, `${key}/${index}`, 1),
  )
  const [perRow, perColumn] = rows <= columns ? [1, count] : [count, 1]
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      values[at] = q[row * perRow + column * perColumn] ?? 0
    }
  }
  return values
}

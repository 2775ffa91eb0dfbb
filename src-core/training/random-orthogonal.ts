/** Reflections that are applied together. */
const blockSize = 32
/** Columns that are worked on at a time, so that a block's products stay in the cache. */
const stripWidth = 128

/** Rows, one after the other, with the number of elements from one row to the next. */
interface Rows {
  readonly values: Float64Array
  readonly stride: number
}

/**
 * The first `count` columns of a random orthogonal matrix of `length` rows, uniformly distributed (Stewart, "The efficient
 * generation of random orthogonal matrices", 1980): a product of Householder reflections of normal vectors, each shorter
 * by one than the last. `normals(k)` gives the k-th, with `length − k` elements. Reflections are applied in blocks, as
 * I − V T Vᵀ (Schreiber and Van Loan 1989). Row by row, [length, count]; orthogonal to double precision.
 */
export function randomOrthogonal(
  length: number,
  count: number,
  normals: (k: number) => ArrayLike<number>,
): Float64Array {
  // Rows beyond the last stay zero; so whole groups of four can be computed.
  const q: Rows = { values: new Float64Array((length + 3) * count), stride: count }
  const signs = new Float64Array(count)
  for (let first = Math.floor((count - 1) / blockSize) * blockSize; first >= 0; first -= blockSize) {
    const size = Math.min(blockSize, count - first)
    const v: Rows = { values: new Float64Array((length - first + 3) * blockSize), stride: blockSize }
    const factors = new Float64Array(size)
    for (let index = 0; index < size; index++) {
      const { sign, factor } = writeReflection(v, index, normals(first + index))
      signs[first + index] = sign
      factors[index] = factor
      q.values[(first + index) * (count + 1)] = 1
    }
    reflect(q, v, triangleOf(v, factors, length - first), first, length - first)
  }
  for (let row = 0, at = 0; row < length; row++) {
    for (let column = 0; column < count; column++, at++) {
      q.values[at] = (q.values[at] ?? 0) * (signs[column] ?? 0)
    }
  }
  return q.values.subarray(0, length * count)
}

/**
 * Writes the vector v of H = I − factor · v vᵀ, which turns `x` onto the first axis, into a column; v begins with 1. The
 * sign is that of the result, with which R of the QR decomposition has a positive diagonal.
 */
function writeReflection({ values, stride }: Rows, column: number, x: ArrayLike<number>) {
  let squares = 0
  for (let i = 0; i < x.length; i++) squares += (x[i] ?? 0) ** 2
  const first = x[0] ?? 0
  const sign = first < 0 ? -1 : 1
  const divisor = first + sign * Math.sqrt(squares) || 1
  let length = 1
  values[column * stride + column] = 1
  for (let i = 1; i < x.length; i++) {
    const value = (x[i] ?? 0) / divisor
    values[(column + i) * stride + column] = value
    length += value * value
  }
  return { sign: -sign, factor: 2 / length }
}

/** The upper triangle T with H₀ H₁ … = I − V T Vᵀ. */
function triangleOf({ values, stride }: Rows, factors: Float64Array, rows: number): Rows {
  const products = new Float64Array(stride * stride)
  for (let row = 0; row < rows; row++) {
    for (let a = 0; a < factors.length; a++) {
      const left = values[row * stride + a] ?? 0
      for (let b = a + 1; b < factors.length; b++) {
        const at = a * stride + b
        products[at] = (products[at] ?? 0) + left * (values[row * stride + b] ?? 0)
      }
    }
  }
  const t = new Float64Array(stride * stride)
  for (const [b, factor] of factors.entries()) {
    t[b * stride + b] = factor
    for (let a = 0; a < b; a++) {
      let sum = 0
      for (let c = a; c < b; c++) sum += (t[a * stride + c] ?? 0) * (products[c * stride + b] ?? 0)
      t[a * stride + b] = -factor * sum
    }
  }
  return { values: t, stride }
}

/** Q ← (I − V T Vᵀ) Q, for the rows and columns from `first` on; those before are still those of the identity. */
function reflect(q: Rows, v: Rows, t: Rows, first: number, rows: number): void {
  const strip: Rows = { values: new Float64Array(blockSize * stripWidth), stride: stripWidth }
  const turned: Rows = { values: new Float64Array(blockSize * stripWidth), stride: stripWidth }
  for (let column = first; column < q.stride; column += stripWidth) {
    const width = Math.min(stripWidth, q.stride - column)
    const placeOf = (row: number) => (first + row) * q.stride + column
    strip.values.fill(0)
    turned.values.fill(0)
    for (let row = 0; row < rows; row += 4) {
      for (let l = 0; l < blockSize; l += 4) {
        const from = { at: row * v.stride + l, across: v.stride, down: 1, sign: 1 }
        addRows(strip, l * stripWidth, q, placeOf(row), v.values, from, width)
      }
    }
    for (let l = 0; l < blockSize; l += 4) {
      for (let m = l; m < blockSize; m += 4) {
        const from = { at: l * t.stride + m, across: 1, down: t.stride, sign: 1 }
        addRows(turned, l * stripWidth, strip, m * stripWidth, t.values, from, width)
      }
    }
    for (let row = 0; row < rows; row += 4) {
      for (let l = 0; l < blockSize; l += 4) {
        const from = { at: row * v.stride + l, across: 1, down: v.stride, sign: -1 }
        addRows(q, placeOf(row), turned, l * stripWidth, v.values, from, width)
      }
    }
  }
}

/** Where the 4 × 4 factors of {@link addRows} lie in a matrix. */
interface FactorPlace {
  readonly at: number
  /** From the factor of one source row to that of the next. */
  readonly across: number
  /** From the factors of one target row to those of the next. */
  readonly down: number
  readonly sign: number
}

/** Adds to four rows four others, each times a factor of its own. All at once, so that each number is read only once. */
function addRows(
  target: Rows,
  targetAt: number,
  source: Rows,
  sourceAt: number,
  factors: Float64Array,
  { at, across, down, sign }: FactorPlace,
  width: number,
): void {
  const y = target.values
  const x = source.values
  const factor = (row: number, column: number) => sign * (factors[at + row * down + column * across] ?? 0)
  const a0 = factor(0, 0)
  const a1 = factor(0, 1)
  const a2 = factor(0, 2)
  const a3 = factor(0, 3)
  const b0 = factor(1, 0)
  const b1 = factor(1, 1)
  const b2 = factor(1, 2)
  const b3 = factor(1, 3)
  const c0 = factor(2, 0)
  const c1 = factor(2, 1)
  const c2 = factor(2, 2)
  const c3 = factor(2, 3)
  const d0 = factor(3, 0)
  const d1 = factor(3, 1)
  const d2 = factor(3, 2)
  const d3 = factor(3, 3)
  const to = target.stride
  const from = source.stride
  for (let j = 0; j < width; j++) {
    const s = sourceAt + j
    const t = targetAt + j
    const x0 = x[s] ?? 0
    const x1 = x[s + from] ?? 0
    const x2 = x[s + 2 * from] ?? 0
    const x3 = x[s + 3 * from] ?? 0
    y[t] = (y[t] ?? 0) + a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3
    y[t + to] = (y[t + to] ?? 0) + b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3
    y[t + 2 * to] = (y[t + 2 * to] ?? 0) + c0 * x0 + c1 * x1 + c2 * x2 + c3 * x3
    y[t + 3 * to] = (y[t + 3 * to] ?? 0) + d0 * x0 + d1 * x1 + d2 * x2 + d3 * x3
  }
}

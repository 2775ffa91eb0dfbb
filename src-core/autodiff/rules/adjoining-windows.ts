import type { WindowAxis } from '../../tensor-graph/operators/window.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode } from '../vector-jacobian.ts'
import { unreached } from './convolution-geometry.ts'

/** Beyond this many windows per row the 0/1 matrices would multiply mostly zeros. */
const widestRow = 64

/**
 * Pooling windows that lie side by side over the last two axes. Values are repeated over their windows, and summed
 * over them, by products with 0/1 matrices: exact, and threaded, unlike Resize, Tile or broadcasting along the
 * innermost axis. Each row of windows is one row of a matrix.
 */
export class AdjoiningWindows {
  readonly #node: BackwardNode
  readonly #rows: WindowAxis
  readonly #columns: WindowAxis
  /** Row w has ones at the elements of window w, for each of the kernel's rows. */
  readonly #membership: Float32Array
  readonly #repeating = new Map<number, TensorValue>()

  /** The form for a pooling node, or `undefined` where its windows overlap, leave gaps or reach into pads. */
  static of(node: BackwardNode, window: readonly WindowAxis[]): AdjoiningWindows | undefined {
    const [rows, columns] = window
    if (!rows || !columns || window.length !== 2 || columns.output > widestRow) return undefined
    return window.every(adjoins) ? new AdjoiningWindows(node, rows, columns) : undefined
  }

  private constructor(node: BackwardNode, rows: WindowAxis, columns: WindowAxis) {
    this.#node = node
    this.#rows = rows
    this.#columns = columns
    this.#membership = new Float32Array(columns.output * this.#width)
    for (let window = 0; window < columns.output; window++) {
      for (let row = 0; row < rows.kernel; row++) {
        const start = window * this.#width + row * columns.input + window * columns.stride
        this.#membership.fill(1, start, start + columns.kernel)
      }
    }
  }

  /** A tensor of the pooled shape as a matrix [rows of windows, windows]. */
  pooledMatrix(pooled: TensorValue): TensorValue {
    return this.#node.arithmetic.reshape(pooled, [this.#rowCount, this.#columns.output])
  }

  /**
   * Compares the pooling's input with an input matrix; an input matrix of bools. Rows that no window reaches are left out.
   *
   * Values go through one movement at most before they are compared: onnxruntime's CPU provider rounds to float16 between
   * two of them, and a rounded value may be less than the maximum it was.
   */
  compare(operator: string, matrix: TensorValue): TensorValue {
    const { arithmetic, builder } = this.#node
    const x = this.#node.input(0)
    const covered = this.#rows.output * this.#rows.kernel
    const shape = [this.#rowCount, this.#width]
    if (covered === this.#rows.input) return builder.apply(operator, [arithmetic.reshape(x, shape), matrix])
    const [start, end, axis] = [0, covered, 2].map((each) => builder.integers([each]))
    const reached = builder.apply('Slice', [x, start, end, axis])
    const compared = builder.apply(operator, [reached, arithmetic.reshape(matrix, reached.shape)])
    return arithmetic.reshape(compared, shape)
  }

  /** Each value of a pooled matrix, times `factor`, at every element of its window; 0 outside of windows. */
  repeat(matrix: TensorValue, factor = 1): TensorValue {
    return this.#product(matrix, this.#repeatingMatrix(factor))
  }

  #repeatingMatrix(factor: number): TensorValue {
    const known = this.#repeating.get(factor)
    if (known) return known
    const data = factor === 1 ? this.#membership : this.#membership.map((one) => one * factor)
    const shape = [this.#columns.output, this.#width]
    const matrix = this.#node.builder.constant('float32', shape, data, 'windows')
    this.#repeating.set(factor, matrix)
    return matrix
  }

  /** The sums of an input matrix over each window. */
  sum(matrix: TensorValue): TensorValue {
    const count = this.#columns.output
    const transposed = Float32Array.from(
      this.#membership,
      (_, index) => this.#membership[(index % count) * this.#width + Math.floor(index / count)] ?? 0,
    )
    const shape = [this.#width, count]
    return this.#product(matrix, this.#node.builder.constant('float32', shape, transposed, 'windowElements'))
  }

  /** An input matrix in the shape of the pooling's input, with zeros in the rows that no window reaches. */
  toInput(matrix: TensorValue): TensorValue {
    const { arithmetic, builder } = this.#node
    const { shape } = this.#node.input(0)
    const covered = this.#rows.output * this.#rows.kernel
    const reached = arithmetic.reshape(matrix, shape.with(2, covered))
    const missing = this.#rows.input - covered
    return missing === 0
      ? reached
      : builder.apply('Pad', [reached, builder.integers([0, 0, 0, 0, 0, 0, missing, 0])])
  }

  get #width(): number {
    return this.#rows.kernel * this.#columns.input
  }

  get #rowCount(): number {
    const [batch = 1, channels = 1]: Shape = this.#node.input(0).shape
    return batch * channels * this.#rows.output
  }

  #product(left: TensorValue, right: TensorValue): TensorValue {
    return this.#node.builder.apply('MatMul', [left, right])
  }
}

function adjoins(axis: WindowAxis): boolean {
  const padded = axis.padBegin > 0 || axis.padEnd > 0
  return axis.stride === axis.kernel && axis.dilation === 1 && !padded && unreached(axis) >= 0
}

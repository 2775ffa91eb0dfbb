import { encodedSize, type InputPreparation } from '../../../src-core/datasets/input-preparation.ts'
import type { Column } from './column-store.ts'

/** Writes one row of some columns into a batch; calls are made in any order of rows. */
export interface RowWriter<T extends Float32Array | Int32Array> {
  /** Elements per row. */
  readonly size: number
  write(row: number, target: T, at: number): void
}

/** Raw values of an input layer: its columns one after the other, categories as one value per category. */
export class FeatureWriter implements RowWriter<Float32Array> {
  readonly size: number
  readonly #columns: readonly Column[]
  readonly #fill: InputPreparation['fill']
  readonly #mayMiss: boolean

  constructor(columns: readonly Column[], preparation: InputPreparation) {
    this.#columns = columns
    this.#fill = preparation.fill
    this.size = columns.reduce((sum, column) => sum + encodedSize(column.spec), 0)
    this.#mayMiss = columns.some(({ spec }) => spec.type === 'number')
  }

  write(row: number, target: Float32Array, at: number): void {
    let position = at
    for (const column of this.#columns) {
      writeColumn(column, row, target, position)
      position += encodedSize(column.spec)
    }
    if (this.#mayMiss) fillMissing(target, at, this.size, this.#fill)
  }
}

function writeColumn(column: Column, row: number, target: Float32Array, at: number): void {
  if (column.spec.type === 'category') {
    target.fill(0, at, at + encodedSize(column.spec))
    const category = column.value(row)
    if (category >= 0) target[at + category] = 1
  } else if (column.size === 1) {
    target[at] = column.value(row)
  } else {
    target.set(column.row(row), at)
  }
}

/** Puts `fill` where values are missing (NaN). */
export function fillMissing(
  values: Float32Array,
  at: number,
  size: number,
  fill: InputPreparation['fill'],
): void {
  for (let index = 0; index < size; index++) {
    if (!Number.isNaN(values[at + index])) continue
    values[at + index] = typeof fill === 'number' ? fill : (fill[index] ?? 0)
  }
}

/** The class of a row, or the token at each of its steps, as an index into the column's categories. */
export class ClassIndexWriter implements RowWriter<Int32Array> {
  readonly size: number
  readonly #column: Column

  constructor(column: Column) {
    this.#column = column
    this.size = column.size
  }

  write(row: number, target: Int32Array, at: number): void {
    if (this.size === 1) target[at] = this.#column.value(row)
    else target.set(this.#column.row(row), at)
  }
}

/** How much a row counts: the weight of its class. */
export class ClassWeightWriter implements RowWriter<Float32Array> {
  readonly size = 1
  readonly #column: Column
  readonly #weights: Float32Array

  constructor(column: Column, weights: Float32Array) {
    this.#column = column
    this.#weights = weights
  }

  write(row: number, target: Float32Array, at: number): void {
    target[at] = this.#weights[this.#column.value(row)] ?? 1
  }
}

/**
 * Target values of an output layer with `size` values per sample. A category is spread over one value per category
 * where the output has that many values, and is a single number (0 or 1 for two categories) where it has not.
 * Pixels are scaled like normalised inputs.
 */
export class TargetWriter implements RowWriter<Float32Array> {
  readonly size: number
  readonly #columns: readonly Column[]
  readonly #pixelScale: number
  readonly #spread: boolean

  constructor(columns: readonly Column[], size: number, pixelScale: number) {
    this.#columns = columns
    this.size = size
    this.#pixelScale = pixelScale
    const spreadSize = columns.reduce((sum, { spec }) => sum + encodedSize(spec), 0)
    this.#spread = spreadSize === size
    const plainSize = columns.reduce((sum, column) => sum + column.size, 0)
    if (!this.#spread && plainSize !== size) {
      throw new Error(`target columns of ${spreadSize} values meet an output of ${size}`)
    }
  }

  write(row: number, target: Float32Array, at: number): void {
    let position = at
    for (const column of this.#columns) {
      if (column.spec.type === 'category' && !this.#spread) {
        target[position] = column.value(row)
        position += 1
        continue
      }
      writeColumn(column, row, target, position)
      const end = position + encodedSize(column.spec)
      if (column.spec.type === 'image') scale(target, position, end, this.#pixelScale)
      position = end
    }
  }
}

function scale(values: Float32Array, from: number, to: number, factor: number): void {
  if (factor === 1) return
  for (let index = from; index < to; index++) values[index] = (values[index] ?? 0) * factor
}

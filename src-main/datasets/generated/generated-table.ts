/** A column of a table that was made up, whole. */
export type GeneratedColumn =
  | { readonly type: 'number'; readonly name: string; readonly values: Float32Array }
  | {
      readonly type: 'category'
      readonly name: string
      readonly categories: readonly string[]
      readonly values: Int32Array
    }
  | {
      readonly type: 'image'
      readonly name: string
      /** [channels, height, width]. */
      readonly shape: readonly [number, number, number]
      readonly values: Uint8Array
    }

export interface GeneratedTable {
  readonly rows: number
  readonly columns: readonly GeneratedColumn[]
}

/** A number column from a value per row. */
export function numberColumn(name: string, values: readonly number[]): GeneratedColumn {
  return { type: 'number', name, values: Float32Array.from(values) }
}

/** A category column from an index per row. */
export function categoryColumn(
  name: string,
  categories: readonly string[],
  values: readonly number[],
): GeneratedColumn {
  return { type: 'category', name, categories, values: Int32Array.from(values) }
}

/** Numbers 0 … count − 1, one for every row. */
export function rowNumbers(count: number): number[] {
  return Array.from({ length: count }, (_, row) => row)
}

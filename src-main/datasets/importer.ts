import type { ColumnSpec, ColumnType, DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import type { Problem, Result } from '../../src-core/problems.ts'

export type ColumnData = Float32Array | Int32Array | Uint8Array

/** How a text becomes rows. */
export interface TextOptions {
  /** Characters per row; 64 when left out. */
  readonly windowLength?: number | undefined
  /** How many different characters are told apart at most; the rarest share one entry. 256 when left out. */
  readonly vocabularySize?: number | undefined
}

/** What a person may say about the file; what is left out is found out. */
export interface ImportOptions {
  /** The column to predict. */
  readonly target?: string
  /** Types of columns by name, where the guess would be wrong (CSV: number or category). */
  readonly types?: Readonly<Record<string, ColumnType>>
  /** CSV: the character between fields. */
  readonly delimiter?: string
  /** CSV: whether the first row names the columns. */
  readonly header?: boolean
  /** IDX: the file of the other half (labels for images, images for labels), where its name does not tell. */
  readonly partner?: string
  /** Text: read the file as a text, whatever it looks like, and how. */
  readonly text?: TextOptions
  /** Share of the work that is done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void
  /** Things worth knowing that do not stop the import, e.g. missing values. */
  readonly onWarning?: (warning: Problem) => void
}

/** A file that has been looked at: its columns are known, its values not yet read. */
export interface DatasetSource {
  readonly format: DatasetInfo['format']
  /** A name for the dataset, from the file's name. */
  readonly suggestedName: string
  readonly description: string
  /** The columns with the statistics that are known so far. */
  readonly columns: readonly ColumnSpec[]
  readonly defaultTarget: string | null
  /**
   * Reads the values from the first row to the last. `take` gets chunks of every column, in the order of `columns`:
   * `rowsPerChunk` rows each, fewer in the last. The arrays are overwritten after `take` returns.
   * @returns the row count and the columns with their final statistics
   */
  read(take: (chunk: readonly ColumnData[]) => void): Promise<Result<ReadResult>>
}

export interface ReadResult {
  readonly rows: number
  readonly columns: readonly ColumnSpec[]
}

/** A file format that can be imported. */
export interface Importer {
  readonly format: DatasetInfo['format']
  /** Whether the file looks like this format, by its name and its first bytes (unpacked). */
  matches(fileName: string, head: Uint8Array): boolean
  open(file: string, options: ImportOptions): Promise<Result<DatasetSource>>
}

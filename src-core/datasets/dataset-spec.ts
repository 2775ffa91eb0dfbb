import { z } from 'zod'

/**
 * What a column means. `number`: a real value; `category`: one of a list; `image`: pixels, channels first; `tokens`: a
 * window of a long sequence of tokens, such as the characters of a text. Rows of tokens follow each other as in the
 * sequence.
 */
export const columnTypes = ['number', 'category', 'image', 'tokens'] as const
export type ColumnType = (typeof columnTypes)[number]

/**
 * Over the values that are there (for images: over all pixels). The deviation is that of the population.
 *
 * Missing values. Nothing is filled in when data is imported: a missing number is stored as NaN, a missing category
 * as −1, and `missing` counts them. Who feeds batches leaves out rows whose target is missing, and puts the mean of
 * the training rows in the place of missing numbers; a missing category of an input counts as none of them.
 */
export const columnStatisticsSchema = z.object({
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  mean: z.number().nullable(),
  standardDeviation: z.number().nullable(),
  missing: z.int(),
  /** Rows per category, or places per token, in the order of `categories`. */
  counts: z.array(z.int()).optional(),
  /** Twenty equal bins from minimum to maximum, for the look at the data. */
  histogram: z.array(z.int()).optional(),
})

export const columnSpecSchema = z.object({
  name: z.string(),
  type: z.enum(columnTypes),
  /** How elements are stored: numbers float32, categories (−1 is missing) and tokens int32, images uint8. Little endian. */
  dtype: z.enum(['float32', 'int32', 'uint8']),
  /** Shape of one value: [] for numbers and categories, [channels, height, width] for images, [steps] for tokens. */
  shape: z.array(z.int()),
  /**
   * Names of a category column, or of the tokens; the stored value is the index. Sorted, class numbers by their value: a target of
   * whole numbers 0..k−1 is imported as the categories "0".."k−1", so that index and value agree.
   */
  categories: z.array(z.string()).optional(),
  statistics: columnStatisticsSchema,
})
export type ColumnSpec = z.output<typeof columnSpecSchema>

export const datasetInfoSchema = z.object({
  id: z.int(),
  name: z.string(),
  /** sample: ships with the app; csv, idx, text: imported. */
  format: z.enum(['sample', 'csv', 'idx', 'text']),
  description: z.string(),
  rows: z.int(),
  columns: z.array(columnSpecSchema),
  /** The column to predict unless somebody says otherwise. */
  defaultTarget: z.string().nullable(),
  /** Size of the stored data in bytes. */
  bytes: z.int(),
  createdAt: z.string(),
})
export type DatasetInfo = z.output<typeof datasetInfoSchema>

/** The token that stands for all that a vocabulary does not know: Unicode's replacement character. */
export const unknownToken = '\uFFFD'

/** Whether rows are windows of one sequence, so that neighbours know each other. */
export function isContinuous({ columns }: Pick<DatasetInfo, 'columns'>): boolean {
  return columns.some(({ type }) => type === 'tokens')
}

/** Rows per stored chunk. */
export const rowsPerChunk = 1024

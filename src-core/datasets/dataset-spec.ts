import { z } from 'zod'

/** What a column means. `number`: a real value; `category`: one of a list; `image`: pixels, channels first. */
export const columnTypes = ['number', 'category', 'image'] as const
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
  /** Rows per category, in the order of `categories`. */
  counts: z.array(z.int()).optional(),
  /** Twenty equal bins from minimum to maximum, for the look at the data. */
  histogram: z.array(z.int()).optional(),
})

export const columnSpecSchema = z.object({
  name: z.string(),
  type: z.enum(columnTypes),
  /** How elements are stored: numbers float32, categories int32 (−1 is missing), images uint8. Little endian. */
  dtype: z.enum(['float32', 'int32', 'uint8']),
  /** Shape of one value: [] for numbers and categories, [channels, height, width] for images. */
  shape: z.array(z.int()),
  /**
   * Names of a category column; the stored value is the index. Sorted, class numbers by their value: a target of
   * whole numbers 0..k−1 is imported as the categories "0".."k−1", so that index and value agree.
   */
  categories: z.array(z.string()).optional(),
  statistics: columnStatisticsSchema,
})
export type ColumnSpec = z.output<typeof columnSpecSchema>

export const datasetInfoSchema = z.object({
  id: z.int(),
  name: z.string(),
  /** sample: ships with the app; csv, idx: imported. */
  format: z.enum(['sample', 'csv', 'idx']),
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

/** Rows per stored chunk. */
export const rowsPerChunk = 1024

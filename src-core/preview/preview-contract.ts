import { z } from 'zod'
import { modelDocumentSchema } from '../document/model-document.ts'
import { layerViewSchema, planesSchema } from './layer-view.ts'

export const mostDraws = 12

const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)

/** What a window asks to see: one layer's value for one row of the dataset that the document is bound to. */
export const previewRequestSchema = z.object({
  document: modelDocumentSchema,
  layerId: z.string().min(1),
  /** From 0. */
  row: z.int().min(0),
  /** Whose newest weights to take; null for those that a training would begin with. */
  runId: z.int().positive().nullable(),
  /** So many draws with noise as in training; null for what prediction gives. */
  draws: z.object({ count: z.int().min(1).max(mostDraws), seed }).nullable(),
  /** Whether small pictures of all layers are wanted too. */
  thumbnails: z.boolean(),
})

/** One view per draw, and small pictures by layer id. */
export const previewSchema = z.object({
  views: z.array(layerViewSchema),
  thumbnails: z.record(z.string(), planesSchema),
})
export type Preview = z.output<typeof previewSchema>

/** Where to look for a row of a class; the first row is looked at first. */
export const rowSearchSchema = z.object({
  datasetId: z.int().positive(),
  column: z.string(),
  category: z.string(),
  from: z.int().min(0),
  direction: z.enum(['forwards', 'backwards']),
})

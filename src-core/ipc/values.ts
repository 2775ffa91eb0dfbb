import { z } from 'zod'
import { datasetInfoSchema } from '../datasets/dataset-spec.ts'
import { modelDocumentSchema } from '../document/model-document.ts'
import { templateCategories, templateDifficulties } from '../templates/template-facts.ts'
import { problemSchema } from '../training/problem-schema.ts'
import { trainingSettingsSchema } from '../training/run-config.ts'
import { metricValuesSchema, runStatuses } from '../training/run-event.ts'

/** Of a row of the workspace. */
export const id = z.int().positive()

export const projectSummarySchema = z.object({
  id,
  name: z.string(),
  /** The *.loom.json it was opened from or saved to. */
  filePath: z.string().nullable(),
  layerCount: z.int(),
  updatedAt: z.string(),
})
export type ProjectSummary = z.output<typeof projectSummarySchema>

export const openedProjectSchema = z.object({
  project: projectSummarySchema,
  document: modelDocumentSchema,
  /** What the person should know about how it was opened. */
  notice: z.string().optional(),
  /** Its file holds an earlier state than the workspace. */
  unwritten: z.boolean().optional(),
})
export type OpenedProject = z.output<typeof openedProjectSchema>

export const templateSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  category: z.enum(templateCategories),
  difficulty: z.enum(templateDifficulties),
  /** What it is trained on, in words. */
  data: z.string(),
  document: modelDocumentSchema,
})
export type Template = z.output<typeof templateSchema>

export const epochRecordSchema = z.object({
  epoch: z.int(),
  step: z.int(),
  train: metricValuesSchema,
  validation: metricValuesSchema.nullable(),
  seconds: z.number(),
  samplesPerSecond: z.number(),
})
export type EpochRecord = z.output<typeof epochRecordSchema>

export const runSummarySchema = z.object({
  id,
  name: z.string(),
  projectId: id.nullable(),
  projectName: z.string(),
  datasetName: z.string(),
  status: z.enum(runStatuses),
  engine: z.string(),
  device: z.string(),
  epochs: z.int(),
  epochsDone: z.int(),
  startedAt: z.string(),
  seconds: z.number().nullable(),
  samplesPerSecond: z.number().nullable(),
  /** Hash of the document that was trained, as git would name a blob (SHA-1 of "blob <size>\0<bytes>"). */
  documentHash: z.string(),
  train: metricValuesSchema.nullable(),
  validation: metricValuesSchema.nullable(),
  test: metricValuesSchema.nullable(),
  problem: problemSchema.nullable(),
})
export type RunSummary = z.output<typeof runSummarySchema>

export const runDetailSchema = z.object({
  run: runSummarySchema,
  settings: trainingSettingsSchema,
  document: modelDocumentSchema,
  environment: z.record(z.string(), z.string()),
  reason: z.string(),
  epochs: z.array(epochRecordSchema),
  /** Step losses, thinned to at most 2,000 points. */
  steps: z.array(z.object({ step: z.int(), loss: z.number() })),
  logs: z.array(
    z.object({ at: z.string(), level: z.enum(['info', 'warning', 'error']), message: z.string() }),
  ),
  hasWeights: z.boolean(),
})
export type RunDetail = z.output<typeof runDetailSchema>

export const engineAvailabilitySchema = z.object({
  engine: z.string(),
  available: z.boolean(),
  device: z.string(),
  detail: z.string(),
})
export type EngineAvailability = z.output<typeof engineAvailabilitySchema>

/** Engines that are installed on request, by the names that people use, with their titles. */
export const installableEngines = ['tensorflow', 'cuda'] as const
export type InstallableEngine = (typeof installableEngines)[number]
export const installableTitles: Readonly<Record<InstallableEngine, string>> = {
  tensorflow: 'TensorFlow',
  cuda: 'CUDA',
}
export const installableEngineSchema = z.object({ engine: z.enum(installableEngines) })

/** A few rows of a dataset for people to look at. */
export const datasetPreviewSchema = z.object({
  rows: z.array(
    z.object({
      index: z.int(),
      /** By column name: a number, a category's name, a text, null when missing, or pixels 0–255 row by row, channel by channel. */
      values: z.record(z.string(), z.union([z.number(), z.string(), z.null(), z.array(z.number())])),
    }),
  ),
})
export type DatasetPreview = z.output<typeof datasetPreviewSchema>

export const pictureKinds = ['samples', 'plane', 'reconstructions'] as const

export const pictureRequestSchema = z.object({
  runId: id,
  /** Drawn at random, on a grid over two latent values, or images of the test part. */
  kind: z.enum(pictureKinds),
  /** Pictures; of a plane, those along one side. */
  count: z.int().min(1).max(400),
  /** Samples beside each other; as many as make a square when absent. */
  columns: z.int().min(1).max(100).optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
})

/** Pictures beside each other, 8-bit red, green, blue and opacity, and what stands above each other. */
export const picturesSchema = z.object({
  sheet: z.object({ width: z.int(), height: z.int(), pixels: z.instanceof(Uint8Array) }),
  levels: z.array(z.string()),
  rows: z.array(z.int()),
})
export type Pictures = z.output<typeof picturesSchema>

/** What became of files that were dropped on the window. */
export const droppedSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('project'), opened: openedProjectSchema }),
  z.object({ type: z.literal('dataset'), dataset: datasetInfoSchema }),
])

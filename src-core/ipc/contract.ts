import { z } from 'zod'
import { datasetInfoSchema } from '../datasets/dataset-spec.ts'
import { modelDocumentSchema } from '../document/model-document.ts'
import { memoryReportSchema } from '../training/memory/memory-report.ts'
import { problemSchema } from '../training/problem-schema.ts'
import { trainingSettingsSchema } from '../training/run-config.ts'
import { metricValuesSchema, runEventSchema, runStatuses } from '../training/run-event.ts'

const id = z.int().positive()
const nothing = z.object({})

export const projectSummarySchema = z.object({
  id,
  name: z.string(),
  /** The *.loom.json it was opened from or saved to. */
  filePath: z.string().nullable(),
  layerCount: z.int(),
  updatedAt: z.string(),
})
export type ProjectSummary = z.output<typeof projectSummarySchema>

export const openedProjectSchema = z.object({ project: projectSummarySchema, document: modelDocumentSchema })
export type OpenedProject = z.output<typeof openedProjectSchema>

export const templateSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
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

/** A few rows of a dataset for people to look at. */
export const datasetPreviewSchema = z.object({
  rows: z.array(
    z.object({
      index: z.int(),
      /** By column name: a number, a category's name, null when missing, or pixels 0–255 row by row, channel by channel. */
      values: z.record(z.string(), z.union([z.number(), z.string(), z.null(), z.array(z.number())])),
    }),
  ),
})
export type DatasetPreview = z.output<typeof datasetPreviewSchema>

/** `{ ok: true, value } | { ok: false, problems }` around a value's schema. */
function outcome<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), problems: z.array(problemSchema) }),
  ])
}

/**
 * Every call a window can make, once. Handlers, preload and the renderer's bridge derive from this table;
 * inputs are parsed in main, outputs in the renderer.
 */
export const contract = {
  'app.info': {
    input: nothing,
    output: outcome(
      z.object({
        version: z.string(),
        platform: z.string(),
        workspaceFile: z.string(),
        shippedSamples: z.array(z.string()),
      }),
    ),
  },
  'templates.list': { input: nothing, output: outcome(z.array(templateSchema)) },
  'projects.list': { input: nothing, output: outcome(z.array(projectSummarySchema)) },
  'projects.create': {
    input: z.object({ document: modelDocumentSchema }),
    output: outcome(openedProjectSchema),
  },
  'projects.open': { input: z.object({ projectId: id }), output: outcome(openedProjectSchema) },
  /** The project that was open when the app was last closed. */
  'projects.last': { input: nothing, output: outcome(openedProjectSchema.nullable()) },
  /** `autosave` replaces the newest autosaved version; `save` keeps a version and writes the linked file, if there is one. */
  'projects.save': {
    input: z.object({ projectId: id, document: modelDocumentSchema, reason: z.enum(['autosave', 'save']) }),
    output: outcome(z.object({ savedAt: z.string(), hash: z.string(), filePath: z.string().nullable() })),
  },
  'projects.remove': { input: z.object({ projectId: id }), output: outcome(nothing) },
  /** Shows the system's open dialog; null when it is cancelled. */
  'projects.openFile': { input: nothing, output: outcome(openedProjectSchema.nullable()) },
  /** Shows the system's save dialog and links the project to the chosen file. */
  'projects.saveFileAs': {
    input: z.object({ projectId: id, document: modelDocumentSchema }),
    output: outcome(z.object({ filePath: z.string() }).nullable()),
  },
  'datasets.list': { input: nothing, output: outcome(z.array(datasetInfoSchema)) },
  /** Puts a dataset that ships with the app into the workspace (once) and returns it. */
  'datasets.addSample': { input: z.object({ name: z.string() }), output: outcome(datasetInfoSchema) },
  /** Shows the open dialog and imports what is chosen (CSV; IDX images and labels); null when cancelled. */
  'datasets.importFile': { input: nothing, output: outcome(datasetInfoSchema.nullable()) },
  'datasets.preview': {
    input: z.object({ datasetId: id, offset: z.int().min(0), count: z.int().min(1).max(200) }),
    output: outcome(datasetPreviewSchema),
  },
  'datasets.remove': { input: z.object({ datasetId: id }), output: outcome(nothing) },
  'engines.list': { input: nothing, output: outcome(z.array(engineAvailabilitySchema)) },
  /** Installs TensorFlow, tells `engines.progress` on the way, and returns the engines as they are then. */
  'engines.install': { input: nothing, output: outcome(z.array(engineAvailabilitySchema)) },
  /** Ends the installation that is at work; its call fails then. */
  'engines.cancelInstall': { input: nothing, output: outcome(nothing) },
  /** Removes TensorFlow and returns the engines as they are then. */
  'engines.remove': { input: nothing, output: outcome(z.array(engineAvailabilitySchema)) },
  'runs.start': {
    input: z.object({ projectId: id, document: modelDocumentSchema, name: z.string().max(200).optional() }),
    output: outcome(z.object({ runId: id })),
  },
  'runs.stop': { input: z.object({ runId: id }), output: outcome(nothing) },
  /** Goes on from the last checkpoint of a stopped, paused or failed run, with another batch size where one is given. */
  'runs.resume': {
    input: z.object({ runId: id, batchSize: z.int().min(1).max(65_536).optional() }),
    output: outcome(z.object({ runId: id })),
  },
  /** What training the document would need, and what is free; null while it cannot be trained. */
  'runs.memory': {
    input: z.object({ document: modelDocumentSchema }),
    output: outcome(memoryReportSchema.nullable()),
  },
  'runs.list': { input: z.object({ projectId: id.optional() }), output: outcome(z.array(runSummarySchema)) },
  'runs.get': { input: z.object({ runId: id }), output: outcome(runDetailSchema) },
  'runs.remove': { input: z.object({ runId: id }), output: outcome(nothing) },
  /** Shows the save dialog for a text or a run's model; null when cancelled. */
  'exports.saveText': {
    input: z.object({ suggestedName: z.string().min(1).max(200), text: z.string() }),
    output: outcome(z.object({ filePath: z.string() }).nullable()),
  },
  /** `largestDifference` from the app's own predictions: absolute for values up to 1, relative above. */
  'exports.saveModel': {
    input: z.object({ runId: id, format: z.enum(['onnx', 'json']) }),
    output: outcome(z.object({ filePath: z.string(), largestDifference: z.number().nullable() }).nullable()),
  },
  'clipboard.writeText': { input: z.object({ text: z.string() }), output: outcome(nothing) },
  /** Tells main whether there are unsaved changes and what the window is about, for title and quit. */
  'window.setState': {
    input: z.object({ projectId: id.nullable(), title: z.string(), dirty: z.boolean() }),
    output: outcome(nothing),
  },
} as const

export type Contract = typeof contract
export type Channel = keyof Contract
export type ChannelInput<C extends Channel> = z.output<Contract[C]['input']>
export type ChannelOutput<C extends Channel> = z.output<Contract[C]['output']>
export type ChannelValue<C extends Channel> = Extract<ChannelOutput<C>, { ok: true }>['value']

/**
 * What the native menu can ask a window for. `autosave` is in no menu: main sends it when the window is about to
 * close with unsaved changes, and waits a moment for `window.setState` with `dirty: false`.
 */
export const menuCommands = [
  'new',
  'open',
  'save',
  'saveAs',
  'autosave',
  'undo',
  'redo',
  'delete',
  'selectAll',
  'train',
  'stop',
  'engines',
  'zoomIn',
  'zoomOut',
  'zoomToFit',
  'theme',
] as const
export type MenuCommand = (typeof menuCommands)[number]

/** What main tells windows without being asked. */
export const pushes = {
  'runs.event': z.object({ runId: id, event: runEventSchema }),
  /** How far an installation has come: what is being done, and the share of the whole from 0 to 1. */
  'engines.progress': z.object({ step: z.string(), fraction: z.number() }),
  'menu.command': z.object({ command: z.enum(menuCommands) }),
} as const
export type Push = keyof typeof pushes
export type PushValue<P extends Push> = z.output<(typeof pushes)[P]>

/** What the preload exposes as `window.layerloom`: one method per channel, plus `on` for pushes; nothing else. */
export type Bridge = {
  readonly invoke: { readonly [C in Channel]: (input: ChannelInput<C>) => Promise<unknown> }
  readonly on: { readonly [P in Push]: (listener: (value: unknown) => void) => () => void }
}

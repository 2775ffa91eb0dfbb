import { z } from 'zod'
import { datasetInfoSchema } from '../datasets/dataset-spec.ts'
import { savedBlockSchema } from '../document/blocks/saved-block.ts'
import { modelDocumentSchema } from '../document/model-document.ts'
import { sketchSchema } from '../document/sketch.ts'
import { languageChoices, languages } from '../language/language.ts'
import { previewRequestSchema, previewSchema, rowSearchSchema } from '../preview/preview-contract.ts'
import { textSettingsSchema } from '../text/text-settings.ts'
import { memoryReportSchema } from '../training/memory/memory-report.ts'
import { problemSchema } from '../training/problem-schema.ts'
import type { Push } from './pushes.ts'
import {
  datasetPreviewSchema,
  droppedSchema,
  engineAvailabilitySchema,
  id,
  installableEngineSchema,
  openedProjectSchema,
  pictureRequestSchema,
  picturesSchema,
  projectSummarySchema,
  runDetailSchema,
  runSummarySchema,
  templateSchema,
} from './values.ts'

export * from './pushes.ts'
export * from './values.ts'

const nothing = z.object({})

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
  /** Sketches of some projects' drawings; those that are gone or cannot be read are left out. */
  'projects.sketches': {
    input: z.object({ projectIds: z.array(id).max(100) }),
    output: outcome(z.array(z.object({ projectId: id, sketch: sketchSchema }))),
  },
  'projects.create': {
    input: z.object({ document: modelDocumentSchema }),
    output: outcome(openedProjectSchema),
  },
  'projects.open': { input: z.object({ projectId: id }), output: outcome(openedProjectSchema) },
  /** The projects that were open when the app was last closed, which of them was shown, and those that do not open any more. */
  'projects.reopen': {
    input: nothing,
    output: outcome(
      z.object({
        opened: z.array(openedProjectSchema),
        shown: id.nullable(),
        lost: z.array(z.object({ name: z.string(), problem: problemSchema })),
      }),
    ),
  },
  /** `autosave` replaces the newest autosaved version; `save` keeps a version and writes the linked file, if there is one. */
  'projects.save': {
    input: z.object({
      projectId: id,
      document: modelDocumentSchema,
      reason: z.enum(['autosave', 'save']),
      /** Writes the file even if another program changed it. */
      overwrite: z.boolean().optional(),
    }),
    output: outcome(z.object({ savedAt: z.string(), hash: z.string(), filePath: z.string().nullable() })),
  },
  /** What another program wrote into the project's file since the project read or wrote it; null when none did. */
  'projects.outsideChange': {
    input: z.object({ projectId: id }),
    output: outcome(z.object({ filePath: z.string(), document: modelDocumentSchema }).nullable()),
  },
  'projects.remove': { input: z.object({ projectId: id }), output: outcome(nothing) },
  /** Shows the system's open dialog; null when it is cancelled. */
  'projects.openFile': { input: nothing, output: outcome(openedProjectSchema.nullable()) },
  /** Shows the system's save dialog and links the project to the chosen file. */
  'projects.saveFileAs': {
    input: z.object({ projectId: id, document: modelDocumentSchema }),
    output: outcome(z.object({ filePath: z.string() }).nullable()),
  },
  /**
   * Opens a model that was dropped on the window, or imports what else was dropped (CSV, IDX images and labels, a text). The
   * preload script asks for this, which takes the paths from the files themselves: pages cannot name one.
   */
  'files.dropped': {
    input: z.object({ paths: z.array(z.string().min(1).max(4096)).max(20) }),
    output: outcome(droppedSchema),
  },
  /** Shows the open dialog and reads a document without opening it as a project; null when it is cancelled. */
  'documents.chooseFile': {
    input: nothing,
    output: outcome(z.object({ title: z.string(), document: modelDocumentSchema }).nullable()),
  },
  'datasets.list': { input: nothing, output: outcome(z.array(datasetInfoSchema)) },
  /** Puts a dataset that ships with the app into the workspace (once) and returns it. */
  'datasets.addSample': { input: z.object({ name: z.string() }), output: outcome(datasetInfoSchema) },
  /** Shows the open dialog and imports what is chosen (CSV; IDX images and labels); null when cancelled. */
  'datasets.importFile': { input: nothing, output: outcome(datasetInfoSchema.nullable()) },
  /** The same for a text, in windows of so many characters, of which at most `vocabularySize` are told apart. */
  'datasets.importText': {
    input: z.object({
      windowLength: z.int().min(2).max(4096),
      vocabularySize: z.int().min(2).max(65_536),
    }),
    output: outcome(datasetInfoSchema.nullable()),
  },
  'datasets.preview': {
    input: z.object({ datasetId: id, offset: z.int().min(0), count: z.int().min(1).max(200) }),
    output: outcome(datasetPreviewSchema),
  },
  'datasets.remove': { input: z.object({ datasetId: id }), output: outcome(nothing) },
  'engines.list': { input: nothing, output: outcome(z.array(engineAvailabilitySchema)) },
  /** Installs an engine, tells `engines.progress` on the way, and returns the engines as they are then. */
  'engines.install': { input: installableEngineSchema, output: outcome(z.array(engineAvailabilitySchema)) },
  /** Ends the installation that is at work; its call fails then. */
  'engines.cancelInstall': { input: nothing, output: outcome(nothing) },
  /** Removes an engine and returns the engines as they are then. */
  'engines.remove': { input: installableEngineSchema, output: outcome(z.array(engineAvailabilitySchema)) },
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
  /** Which pictures a run can make. */
  'pictures.kinds': {
    input: z.object({ runId: id }),
    output: outcome(z.object({ samples: z.boolean(), plane: z.boolean(), reconstructions: z.boolean() })),
  },
  'pictures.make': { input: pictureRequestSchema, output: outcome(picturesSchema) },
  /** Makes them again, the same for the same request, and shows the save dialog; null when cancelled. */
  'pictures.save': {
    input: pictureRequestSchema,
    output: outcome(z.object({ filePath: z.string() }).nullable()),
  },
  /** What a layer makes of a sample; null when a newer request or a cancellation came first. */
  'previews.look': { input: previewRequestSchema, output: outcome(previewSchema.nullable()) },
  'previews.cancel': { input: nothing, output: outcome(nothing) },
  /** The next row of a class, going on at the other end of the dataset; null where there is none. */
  'previews.findRow': { input: rowSearchSchema, output: outcome(z.object({ row: z.int() }).nullable()) },
  /** Writes a prompt on with the weights of a run; `whole` is false when that was cancelled. */
  'texts.generate': {
    input: textSettingsSchema.extend({ runId: id }),
    output: outcome(z.object({ text: z.string(), whole: z.boolean() })),
  },
  'texts.cancel': { input: z.object({ runId: id }), output: outcome(nothing) },
  /** The blocks that the person keeps; saving replaces one of the same name. Each answers with all that are kept. */
  'blocks.list': { input: nothing, output: outcome(z.array(savedBlockSchema)) },
  'blocks.save': { input: savedBlockSchema, output: outcome(z.array(savedBlockSchema)) },
  'blocks.remove': {
    input: savedBlockSchema.pick({ name: true }),
    output: outcome(z.array(savedBlockSchema)),
  },
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
  /** Asks the person whether to open a page of the web in the browser; false when they would rather not. */
  'links.open': {
    input: z.object({ address: z.string().max(2000) }),
    output: outcome(z.object({ opened: z.boolean() })),
  },
  'clipboard.writeText': { input: z.object({ text: z.string() }), output: outcome(nothing) },
  'clipboard.readText': { input: nothing, output: outcome(z.object({ text: z.string() })) },
  /**
   * Tells main whether there are unsaved changes and what the window is about, for title and quit, and what undo and
   * redo would do, which language the window speaks and why, and whether a dialog is open, for the menu and the questions main asks. `open` lists all
   * open projects in the order of their tabs: main lets go of all others, and opens these again at the next start.
   */
  'window.setState': {
    input: z.object({
      projectId: id.nullable(),
      title: z.string(),
      dirty: z.boolean(),
      undo: z.string().nullable(),
      redo: z.string().nullable(),
      language: z.enum(languages),
      languageChoice: z.enum(languageChoices),
      /** Whether a dialog of the page is open, over everything that most of the menu is about. */
      dialog: z.boolean(),
      /** Null while those of the last time are not open again yet. */
      open: z.array(z.object({ projectId: id, name: z.string() })).nullable(),
    }),
    output: outcome(nothing),
  },
} as const

export type Contract = typeof contract
export type Channel = keyof Contract
export type ChannelInput<C extends Channel> = z.output<Contract[C]['input']>
export type ChannelOutput<C extends Channel> = z.output<Contract[C]['output']>
export type ChannelValue<C extends Channel> = Extract<ChannelOutput<C>, { ok: true }>['value']

/** Channels that a page can call with whatever it likes. */
export type InvokedChannel = Exclude<Channel, 'files.dropped'>

/**
 * What the preload exposes as `window.layerloom`: one method per channel, `on` for pushes, and `dropFiles` for files (of the
 * browser's type File) that a person dropped, and `setScale`; nothing else.
 */
export type Bridge = {
  readonly invoke: { readonly [C in InvokedChannel]: (input: ChannelInput<C>) => Promise<unknown> }
  readonly dropFiles: (files: readonly object[]) => Promise<unknown>
  /** How large everything in the window is, as a factor. */
  readonly setScale: (scale: number) => void
  readonly on: { readonly [P in Push]: (listener: (value: unknown) => void) => () => void }
}

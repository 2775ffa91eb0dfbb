import { z } from 'zod'
import { trainingSettingsSchema } from '../training/run-config.ts'
import { canvasPartSchema } from './canvas-part.ts'
import { identifier } from './identifier.ts'
import { layerTrainingFields } from './layer-training.ts'

export const documentFormat = 'layerloom-model'
export const documentVersion = 1

export const layerNameSchema = identifier
export const documentNameSchema = z.string().min(1).max(200)

export const layerNodeSchema = z.object({
  id: identifier,
  kind: identifier,
  /** Unique within the document; what people, exports and weight names use. */
  name: layerNameSchema,
  /** Values by parameter name; what is absent takes the kind's default. Checked against the catalogue by validation, not here. */
  parameters: z.record(z.string(), z.json()),
  position: z.object({ x: z.number(), y: z.number() }),
  /** True for a layer that computes nothing and passes on what reaches it. */
  bypassed: z.boolean().optional(),
  /** True for a layer that arranging the drawing leaves where it is. */
  pinned: z.boolean().optional(),
  ...layerTrainingFields,
})

export const connectionSchema = z.object({
  id: identifier,
  source: identifier,
  sourcePort: identifier,
  target: identifier,
  targetPort: identifier,
})

/** Which columns feed which layer. Absent entries are bound automatically: the target column to the only output, the rest to the only input. */
export const datasetBindingSchema = z.object({
  /** Name of the dataset in the workspace. */
  name: z.string().min(1),
  /** Columns by id of the input layer. */
  inputs: z.record(z.string(), z.array(z.string().min(1)).min(1)).default({}),
  /** Columns by id of the output layer. */
  targets: z.record(z.string(), z.array(z.string().min(1)).min(1)).default({}),
})

export const modelDocumentSchema = z.object({
  format: z.literal(documentFormat),
  version: z.literal(documentVersion),
  name: documentNameSchema,
  description: z.string().default(''),
  layers: z.array(layerNodeSchema),
  /** Order matters for layers whose port takes several wires (concatenate, subtract). */
  connections: z.array(connectionSchema),
  canvas: canvasPartSchema.optional(),
  dataset: datasetBindingSchema.nullable().default(null),
  training: trainingSettingsSchema.prefault({}),
})

export type LayerNode = z.output<typeof layerNodeSchema>
export type Connection = z.output<typeof connectionSchema>
export type DatasetBinding = z.output<typeof datasetBindingSchema>
/** What is saved and diffed: plain JSON, never code. */
export type ModelDocument = z.output<typeof modelDocumentSchema>

/** A document without layers. */
export function emptyDocument(name: string): ModelDocument {
  return modelDocumentSchema.parse({
    format: documentFormat,
    version: documentVersion,
    name,
    layers: [],
    connections: [],
  })
}

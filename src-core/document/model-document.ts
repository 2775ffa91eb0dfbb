import { z } from 'zod'
import { trainingSettingsSchema } from '../training/run-config.ts'
import { canvasPartSchema } from './canvas-part.ts'
import { identifier } from './identifier.ts'
import { layerTrainingFields } from './layer-training.ts'

export const documentFormat = 'layerloom-model'
/** Version 2 has blocks. A document without any is still written as version 1, which it is to the letter. */
export const documentVersion = 2

export const layerNameSchema = identifier
export const documentNameSchema = z.string().min(1).max(200)

/** How often a block can stand in a row. */
export const mostRepeats = 1000

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
  /** How often a block stands in a row, each time with weights of its own; once when absent. */
  repeat: z.int().min(1).max(mostRepeats).optional(),
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

/** A parameter of a block: it stands for one of a layer inside; several of one name are set together. */
const exposedParameterSchema = z.object({
  /** The key of its value in the parameters of the block's layers, and what people see. */
  name: identifier,
  /** Id of the layer inside. */
  layer: identifier,
  parameter: identifier,
})

/**
 * A drawing that is used as one layer: by layers of the kind `block:<id>`. Its ports are its layers of the kinds
 * `blockInput` and `blockOutput`, in their order: a wire names a port by that layer's id, people by its name.
 */
export const blockDefinitionSchema = z.object({
  /** Short enough to be part of a kind. */
  id: identifier.max(190),
  name: identifier,
  parameters: z.array(exposedParameterSchema),
  layers: z.array(layerNodeSchema),
  connections: z.array(connectionSchema),
  /** Notes inside, and which way the flow goes there. */
  canvas: canvasPartSchema.optional(),
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
  version: z.literal([1, documentVersion]).transform((): typeof documentVersion => documentVersion),
  name: documentNameSchema,
  description: z.string().default(''),
  layers: z.array(layerNodeSchema),
  /** Order matters for layers whose port takes several wires (concatenate, subtract). */
  connections: z.array(connectionSchema),
  /** Blocks may use each other. Absent where there are none. */
  blocks: z.array(blockDefinitionSchema).optional(),
  canvas: canvasPartSchema.optional(),
  dataset: datasetBindingSchema.nullable().default(null),
  training: trainingSettingsSchema.prefault({}),
})

export type LayerNode = z.output<typeof layerNodeSchema>
export type Connection = z.output<typeof connectionSchema>
export type ExposedParameter = z.output<typeof exposedParameterSchema>
export type BlockDefinition = z.output<typeof blockDefinitionSchema>
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

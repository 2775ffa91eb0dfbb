import { z } from 'zod'
import type { DatasetPart } from '../../src-core/datasets/split.ts'
import type { DatasetBinding, ModelDocument } from '../../src-core/document/model-document.ts'
import { layerViewSchema, planesSchema } from '../../src-core/preview/layer-view.ts'
import type { Shape } from '../../src-core/tensor-graph/types.ts'
import type { TextSettings } from '../../src-core/text/text-settings.ts'
import { problemSchema } from '../../src-core/training/problem-schema.ts'
import type { TrainingSettings } from '../../src-core/training/run-config.ts'
import { metricValuesSchema, runEventSchema } from '../../src-core/training/run-event.ts'

/** Where the engine process finds the data: it opens the workspace itself, read-only. */
export interface DatasetReference {
  readonly workspaceFile: string
  readonly datasetId: number
  readonly binding: DatasetBinding
  /** Bytes of decoded columns the process may hold; by default a part of the machine's free memory. */
  readonly memoryBudget?: number
}

export interface TrainJob {
  readonly type: 'train'
  readonly document: ModelDocument
  readonly settings: TrainingSettings
  readonly dataset: DatasetReference
  /** What the supervisor's probes found; `auto` considers only what is available here. */
  readonly engines: readonly EngineAvailability[]
  /** Hash of the document, kept in every checkpoint. */
  readonly documentHash: string
  /** A checkpoint to go on from (safetensors). */
  readonly resumeFrom?: Uint8Array
  /** The batch size that `resumeFrom` was trained with, where the settings name another one. */
  readonly batchSizeBefore?: number
  /** The run's best checkpoint so far, where that is another one and early stopping may go back to it. */
  readonly bestSoFar?: Uint8Array
}

export interface EvaluateJob {
  readonly type: 'evaluate'
  readonly document: ModelDocument
  readonly settings: TrainingSettings
  readonly dataset: DatasetReference
  readonly part: DatasetPart | 'all'
  /** A checkpoint: weights, and the normalisation they were trained with. */
  readonly weights: Uint8Array
}

export interface PredictJob {
  readonly type: 'predict'
  readonly document: ModelDocument
  readonly weights: Uint8Array
  /** Raw values per input layer id, row after row. */
  readonly inputs: Readonly<Record<string, Float32Array>>
  readonly rows: number
}

/** Draws new pictures from latent values. */
export interface SampleJob {
  readonly type: 'sample'
  readonly document: ModelDocument
  readonly settings: TrainingSettings
  readonly weights: Uint8Array
  /** Shapes of the dataset's images, for models that give pictures as lists. */
  readonly imageShapes: readonly Shape[]
  readonly count: number
  readonly seed: number
  /** Instead of random values: a grid of so many times so many over the plane of two latent values. */
  readonly side?: number
}

/** Reconstructs images of the test part, those of the smallest places in an order of the seed. */
export interface ReconstructJob {
  readonly type: 'reconstruct'
  readonly document: ModelDocument
  readonly settings: TrainingSettings
  readonly dataset: DatasetReference
  readonly weights: Uint8Array
  readonly count: number
  readonly seed: number
}

/** Tensors by name, batch axis first, row-major. */
export type ModelTensors = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>
>

/** Runs an exported ONNX file, to compare it with the app's own predictions. Answered by `predicted`, by output name. */
export interface RunModelJob {
  readonly type: 'runModel'
  readonly file: string
  readonly inputs: ModelTensors
}

/** Writes a sequence of tokens on. Answered by `textGenerated`, early when it is stopped. */
export interface GenerateTextJob extends Pick<TextSettings, 'length' | 'temperature' | 'topK' | 'seed'> {
  readonly type: 'generateText'
  readonly document: ModelDocument
  readonly weights: Uint8Array
  /** Tokens, by their place in the vocabulary; at least one. */
  readonly prompt: readonly number[]
  /** Tokens that are never drawn. */
  readonly excluded: readonly number[]
}

/** Shows what flows through a model: answers questions, one after the other, until it is stopped. */
export interface PreviewJob {
  readonly type: 'preview'
}

/** A model to look into. */
export interface PreviewModel {
  readonly document: ModelDocument
  readonly dataset: DatasetReference
  /** A checkpoint; without one, the weights that a training would begin with. */
  readonly weights?: Uint8Array
}

/** What the layers of a model make of one sample. Answered by `previewed`, unless a newer question comes first. */
export interface PreviewQuestion {
  readonly number: number
  /** The model of the question before when absent. */
  readonly model?: PreviewModel
  /** Row of the dataset, from 0. */
  readonly row: number
  /** The layer to show. */
  readonly layerId: string
  /** With noise as in training so many times; as in prediction when absent. */
  readonly draws?: { readonly count: number; readonly seed: number }
  /** Whether small pictures of all layers are wanted too. */
  readonly thumbnails: boolean
}

/** Whether one engine runs on this machine. A process of its own, because a broken driver may crash it. */
export interface ProbeJob {
  readonly type: 'probe'
  readonly engine: ProviderName
}

/** Every engine and provider of this version, in the order in which people see them. */
export const providerNames = ['onnx/cpu', 'onnx/webgpu', 'onnx/cuda', 'tensorflow'] as const
export type ProviderName = (typeof providerNames)[number]

export type EngineJob =
  | TrainJob
  | EvaluateJob
  | PredictJob
  | SampleJob
  | ReconstructJob
  | RunModelJob
  | GenerateTextJob
  | PreviewJob
  | ProbeJob

/** One process does one job: main sends `job` once, questions to a preview, then perhaps `stop`. */
export type EngineCommand =
  | { readonly type: 'job'; readonly job: EngineJob }
  | { readonly type: 'question'; readonly question: PreviewQuestion }
  | { readonly type: 'stop' }

export const engineAvailabilitySchema = z.object({
  /** `onnx/cpu`, `onnx/webgpu`, `onnx/cuda`, `tensorflow`. */
  engine: z.string(),
  available: z.boolean(),
  device: z.string(),
  /** Why it is not available, or what is worth knowing. */
  detail: z.string(),
})
export type EngineAvailability = z.output<typeof engineAvailabilitySchema>

/** What an engine process says. `done` is always the last message of a job that did not crash. */
export const engineReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event: runEventSchema }),
  z.object({ type: z.literal('evaluated'), metrics: metricValuesSchema, samples: z.int() }),
  /** Row-major outputs by output layer id. */
  z.object({
    type: z.literal('predicted'),
    outputs: z.record(
      z.string(),
      z.object({ shape: z.array(z.int()).readonly(), data: z.instanceof(Float32Array) }),
    ),
  }),
  /** Pixels of pictures one after the other, channels first; the shape is that of one. */
  z.object({
    type: z.literal('sampled'),
    shape: z.array(z.int()).readonly(),
    pictures: z.instanceof(Uint8Array),
  }),
  /** The same of rows of the dataset: as they are, as a denoising model saw them, and as it made them. */
  z.object({
    type: z.literal('reconstructed'),
    shape: z.array(z.int()).readonly(),
    rows: z.array(z.int()),
    originals: z.instanceof(Uint8Array),
    corrupted: z.instanceof(Uint8Array).nullable(),
    reconstructions: z.instanceof(Uint8Array),
  }),
  /** `whole` is false when the job was stopped before the text was as long as was asked for. */
  z.object({ type: z.literal('textGenerated'), tokens: z.array(z.int()), whole: z.boolean() }),
  /** One view per draw, and small pictures by layer id. */
  z.object({
    type: z.literal('previewed'),
    number: z.int(),
    views: z.array(layerViewSchema),
    thumbnails: z.record(z.string(), planesSchema),
  }),
  z.object({ type: z.literal('previewRefused'), number: z.int(), problems: z.array(problemSchema) }),
  z.object({ type: z.literal('probed'), availability: engineAvailabilitySchema }),
  z.object({ type: z.literal('refused'), problems: z.array(problemSchema) }),
  /** An exception nobody expected; the process ends after it with a code other than 0. */
  z.object({ type: z.literal('crashed'), message: z.string() }),
  z.object({ type: z.literal('done') }),
])
export type EngineReply = z.output<typeof engineReplySchema>

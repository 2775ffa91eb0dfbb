import type { DatasetBinding, ModelDocument } from '../../src-core/document/model-document.ts'
import type { Problem } from '../../src-core/problems.ts'
import type { TrainingSettings } from '../../src-core/training/run-config.ts'
import type { MetricValues, RunEvent } from '../../src-core/training/run-event.ts'

/** Where the engine process finds the data: it opens the workspace itself, read-only. */
export interface DatasetReference {
  readonly workspaceFile: string
  readonly datasetId: number
  readonly binding: DatasetBinding
}

export interface TrainJob {
  readonly type: 'train'
  readonly document: ModelDocument
  readonly settings: TrainingSettings
  readonly dataset: DatasetReference
  /** A checkpoint to go on from (safetensors). */
  readonly resumeFrom?: Uint8Array
}

export interface EvaluateJob {
  readonly type: 'evaluate'
  readonly document: ModelDocument
  readonly settings: TrainingSettings
  readonly dataset: DatasetReference
  readonly part: 'train' | 'validation' | 'test' | 'all'
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

/** Which engines and providers run on this machine. */
export interface ProbeJob {
  readonly type: 'probe'
}

export type EngineJob = TrainJob | EvaluateJob | PredictJob | ProbeJob

/** One process does one job: main sends `job` once, then perhaps `stop`. */
export type EngineCommand = { readonly type: 'job'; readonly job: EngineJob } | { readonly type: 'stop' }

export interface EngineAvailability {
  /** `onnx/cpu`, `onnx/webgpu`, `tensorflow`. */
  readonly engine: string
  readonly available: boolean
  readonly device: string
  /** Why it is not available, or what is worth knowing. */
  readonly detail: string
}

export type EngineReply =
  | { readonly type: 'event'; readonly event: RunEvent }
  | { readonly type: 'evaluated'; readonly metrics: MetricValues; readonly samples: number }
  /** Row-major outputs by output layer id. */
  | {
      readonly type: 'predicted'
      readonly outputs: Readonly<
        Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>
      >
    }
  | { readonly type: 'probed'; readonly engines: readonly EngineAvailability[] }
  | { readonly type: 'refused'; readonly problems: readonly Problem[] }

import { z } from 'zod'
import type { InputPreparation } from '../datasets/input-preparation.ts'
import { failure, problem, type Result, success } from '../problems.ts'
import { readSafetensors, writeSafetensors } from '../tensor-graph/safetensors.ts'
import type { NamedTensor } from '../tensor-graph/types.ts'
import { type Precision, precisions } from './run-config.ts'
import { type EarlyStoppingState, earlyStoppingStateSchema } from './schedules/early-stopping.ts'
import { type PlateauState, plateauStateSchema } from './schedules/reduce-on-plateau.ts'

export const checkpointFormat = 'layerloom-checkpoint'
const checkpointVersion = '1'

/** Where in its training a checkpoint was taken. */
export interface CheckpointPosition {
  /** Whole epochs done. */
  readonly epoch: number
  /** Optimizer steps done. */
  readonly step: number
  /** Metric sums of the epoch under way, so that its mean is right after going on. Empty between epochs. */
  readonly epochSums: readonly number[]
  /** Samples of the epoch under way that the steps have seen; null in checkpoints of versions that did not say. */
  readonly epochSamples: number | null
  /** The lowest validation loss so far. */
  readonly bestLoss: number | null
  /** How far the data was shuffled, when it did not fit in memory. */
  readonly window: { readonly rowsPerChunk: number; readonly chunks: number } | null
  /** Engine that took the steps, e.g. `onnx/cpu`: another one rounds differently. */
  readonly engine: string
  /** Precision in which the steps were computed; weights and slots are float32 in either. */
  readonly precision: Precision
  /** What reduceOnPlateau has seen; null for other schedules. */
  readonly plateau: PlateauState | null
  /** What early stopping has seen; null without it. */
  readonly earlyStopping: EarlyStoppingState | null
}

/** Everything that going on, evaluating, predicting and exporting need besides the document. */
export interface Checkpoint {
  readonly position: CheckpointPosition
  /** Weights by full name (`<layer name>.<weight name>`) and optimizer slots (`optimizer/<slot>/<weight>`). */
  readonly tensors: ReadonlyMap<string, NamedTensor>
  /** By id of the input layer: the very numbers the model was trained with. */
  readonly preparation: ReadonlyMap<string, InputPreparation>
  /** git blob hash of the document that was trained. */
  readonly documentHash: string
}

const numbersSchema = z.union([
  z.number(),
  z.array(z.number()).transform((values) => Float32Array.from(values)),
])

const preparationSchema = z.record(
  z.string(),
  z.object({ offset: numbersSchema, scale: numbersSchema, fill: numbersSchema }),
)

const progressSchema = z.object({
  epochSums: z.array(z.number()),
  epochSamples: z.int().min(0).nullable().default(null),
  bestLoss: z.number().nullable(),
  window: z.object({ rowsPerChunk: z.int().positive(), chunks: z.int().positive() }).nullable(),
  engine: z.string(),
  // Checkpoints of versions without mixed precision do not have this.
  precision: z.enum(precisions).default('float32'),
  // Checkpoints of versions without schedules do not have these.
  plateau: plateauStateSchema.nullable().default(null),
  earlyStopping: earlyStoppingStateSchema.nullable().default(null),
})

function jsonText<T extends z.ZodType>(schema: T) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
}

const metadataSchema = z.object({
  format: z.literal(checkpointFormat),
  version: z.literal(checkpointVersion),
  epoch: z.coerce.number().int().min(0),
  step: z.coerce.number().int().min(0),
  documentHash: z.string(),
  normalization: jsonText(preparationSchema),
  progress: jsonText(progressSchema),
})

/** Writes a checkpoint as a safetensors file; any reader of that format sees the tensors. */
export function writeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const { epoch, step, ...progress } = checkpoint.position
  return writeSafetensors([...checkpoint.tensors.values()], {
    format: checkpointFormat,
    version: checkpointVersion,
    epoch: String(epoch),
    step: String(step),
    documentHash: checkpoint.documentHash,
    normalization: JSON.stringify(Object.fromEntries(checkpoint.preparation), (_key, value: unknown) =>
      value instanceof Float32Array ? [...value] : value,
    ),
    progress: JSON.stringify(progress),
  })
}

/** Reads what {@link writeCheckpoint} wrote. Fails with `file.unreadable` when the bytes are damaged or foreign. */
export function readCheckpoint(bytes: Uint8Array): Result<Checkpoint> {
  const file = readSafetensors(bytes)
  if (!file.ok) return file
  const metadata = metadataSchema.safeParse(file.value.metadata)
  if (!metadata.success) {
    const [issue] = metadata.error.issues
    const what = `${issue?.path.join('.') ?? 'metadata'}: ${issue?.message ?? 'invalid'}`
    return failure(problem('file.unreadable', `The weights are not a checkpoint of LayerLoom (${what}).`))
  }
  const { epoch, step, documentHash, normalization, progress } = metadata.data
  return success({
    position: { epoch, step, ...progress },
    tensors: new Map(file.value.tensors.map((tensor) => [tensor.name, tensor])),
    preparation: new Map(Object.entries(normalization)),
    documentHash,
  })
}

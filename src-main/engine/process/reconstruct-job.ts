import { buildReconstructionStep } from '../../../src-core/generation/picture-steps.ts'
import { reconstructionPair } from '../../../src-core/generation/reconstruction-pair.ts'
import { elementCount } from '../../../src-core/tensor-graph/types.ts'
import { readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import { shuffledIndices } from '../../../src-core/training/random.ts'
import type { FeedPort } from '../../../src-core/training/train-step.ts'
import type { ReconstructJob } from '../protocol.ts'
import type { JobContext } from './job-context.ts'
import { setUp } from './job-setup.ts'
import { makePictures, pixels } from './picture-batches.ts'
import type { TrainingData } from './training-data.ts'

/** Reconstructs images that a checkpoint has not learned from. */
export async function reconstruct(job: ReconstructJob, context: JobContext): Promise<void> {
  const checkpoint = readCheckpoint(job.weights)
  if (!checkpoint.ok) return context.reply({ type: 'refused', problems: [...checkpoint.problems] })
  const setup = setUp(job, checkpoint.value)
  if (!setup.ok) return context.reply({ type: 'refused', problems: [...setup.problems] })
  const { plan, data, bound } = setup.value
  const pair = reconstructionPair(plan, bound)
  if (!pair.ok) return context.reply({ type: 'refused', problems: [...pair.problems] })
  const rows = chosenRows(data, job)
  const { inputId, shape } = pair.value
  const made = await makePictures({
    count: rows.length,
    seed: job.seed,
    tensors: checkpoint.value.tensors,
    build: (batchSize) => {
      const { normalization } = job.settings
      const options = { plan, preparation: data.preparation, normalization, batchSize }
      return buildReconstructionStep(options, pair.value)
    },
    give: (id, port, from) => rawFeatures(data, id, port, rows.subarray(from)),
  })
  const port = { input: '', dtype: 'float32', shape: [rows.length, ...shape] } as const
  context.reply({
    type: 'reconstructed',
    shape: [...shape],
    rows: [...rows],
    originals: pixels(rawFeatures(data, inputId, port, rows)),
    corrupted: made.corrupted.length > 0 ? made.corrupted : null,
    reconstructions: made.pictures,
  })
}

/** Rows of the test part in an order of the seed; of another part where there is none. */
function chosenRows({ parts }: TrainingData, { count, seed }: ReconstructJob): Uint32Array {
  const rows = [parts.test, parts.validation, parts.train].find(({ length }) => length > 0) ?? parts.train
  return shuffledIndices(rows.length, seed, 1)
    .subarray(0, count)
    .map((index) => rows[index] ?? 0)
}

function rawFeatures(data: TrainingData, id: string, port: FeedPort, rows: Uint32Array): Float32Array {
  const part = data.features(id, port)
  part.fill(rows, 0)
  if (!(part.data instanceof Float32Array) || part.data.length !== elementCount(port.shape)) {
    throw new Error(`the features of ${id} are incomplete`)
  }
  return part.data
}

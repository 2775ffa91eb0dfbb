import { drawLatents, hasPlane, latentGrid } from '../../../src-core/generation/draw-latents.ts'
import { findGenerator } from '../../../src-core/generation/latent-source.ts'
import { buildSampleStep } from '../../../src-core/generation/picture-steps.ts'
import { problem } from '../../../src-core/problems.ts'
import { elementCount } from '../../../src-core/tensor-graph/types.ts'
import { readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import type { SampleJob } from '../protocol.ts'
import type { JobContext } from './job-context.ts'
import { planOf } from './job-setup.ts'
import { makePictures } from './picture-batches.ts'

/** Draws new pictures with a checkpoint: latent values from N(0, 1), or a grid over two of them. */
export async function sample(job: SampleJob, context: JobContext): Promise<void> {
  const checkpoint = readCheckpoint(job.weights)
  if (!checkpoint.ok) return context.reply({ type: 'refused', problems: [...checkpoint.problems] })
  const plan = planOf(job.document)
  if (!plan.ok) return context.reply({ type: 'refused', problems: [...plan.problems] })
  const generator = findGenerator(plan.value, job.imageShapes)
  if (!generator.ok) return context.reply({ type: 'refused', problems: [...generator.problems] })
  if (job.side !== undefined && !hasPlane(generator.value)) {
    const message = 'Only a model with two latent values has a plane of pictures.'
    return context.reply({ type: 'refused', problems: [problem('pictures.none', message)] })
  }
  const latents =
    job.side === undefined
      ? drawLatents(generator.value, job.count, job.seed)
      : latentGrid(generator.value, job.side)
  const { pictures } = await makePictures({
    count: job.side === undefined ? job.count : job.side ** 2,
    seed: job.seed,
    tensors: checkpoint.value.tensors,
    build: (batchSize) =>
      buildSampleStep(
        {
          plan: plan.value,
          preparation: checkpoint.value.preparation,
          normalization: job.settings.normalization,
          batchSize,
        },
        generator.value,
      ),
    give: (id, { shape }, from) => {
      const size = elementCount(shape.slice(1))
      return (latents[id] ?? new Float32Array()).slice(from * size, from * size + elementCount(shape))
    },
  })
  context.reply({ type: 'sampled', shape: generator.value.shape, pictures })
}

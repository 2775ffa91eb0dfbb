import { z } from 'zod'
import type { PictureKind } from '../../services/picture-service.ts'
import type { CommandContext } from '../command-context.ts'
import { findRun } from '../find-run.ts'
import { done, type Reply, refused } from '../reply.ts'

const optionsSchema = z.object({
  run: z.string(),
  output: z.string(),
  count: z.int().optional(),
  seed: z.int().default(1),
  grid: z.boolean().default(false),
})

const usualCounts: Readonly<Record<PictureKind, number>> = { samples: 64, plane: 20, reconstructions: 16 }

/** Draws new pictures with a trained run into a PNG file: `{ runId, file, kind, count, seed }`. */
export async function sample(context: CommandContext, options: unknown): Promise<Reply> {
  const { grid } = optionsSchema.parse(options)
  return writePictures(context, options, grid ? 'plane' : 'samples')
}

/** Reconstructs images of a run's test part into a PNG file: as above, with the dataset's `rows`, counted from 1. */
export async function reconstruct(context: CommandContext, options: unknown): Promise<Reply> {
  return writePictures(context, options, 'reconstructions')
}

async function writePictures(context: CommandContext, options: unknown, kind: PictureKind): Promise<Reply> {
  const { run: named, output: file, count = usualCounts[kind], seed } = optionsSchema.parse(options)
  const application = await context.application()
  const run = findRun(application, named)
  if (!run.ok) return refused(run.problems)
  const saved = await application.pictures.save(run.value.id, { kind, count, seed }, file)
  if (!saved.ok) return refused(saved.problems)
  const { rows, levels } = saved.value
  const made = kind === 'plane' ? count * count : kind === 'samples' ? count : rows.length
  const what =
    kind === 'reconstructions' ? `${made} reconstructions (${levels.join(', ')})` : `${made} samples`
  return done(
    {
      runId: run.value.id,
      file,
      kind,
      count: made,
      seed,
      ...(rows.length > 0 && { rows: rows.map((row) => row + 1), levels }),
    },
    `Wrote ${what} of run ${run.value.id} to ${file}\n`,
  )
}

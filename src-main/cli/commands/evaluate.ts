import { z } from 'zod'
import type { Result } from '../../../src-core/problems.ts'
import type { Application } from '../../services/application.ts'
import type { Evaluation } from '../../services/evaluation-service.ts'
import type { CommandContext } from '../command-context.ts'
import { findRun } from '../find-run.ts'
import { done, type Reply, refused } from '../reply.ts'
import { count, metrics } from '../table.ts'

const optionsSchema = z.object({
  dataset: z.string().optional(),
  part: z.enum(['train', 'validation', 'test', 'all']).default('test'),
})

/** Measures a trained run: `{ runId, dataset, part, samples, metrics }`. */
export async function evaluate(context: CommandContext, named: string, options: unknown): Promise<Reply> {
  const { dataset, part } = optionsSchema.parse(options)
  const application = await context.application()
  const run = findRun(application, named)
  if (!run.ok) return refused(run.problems)
  const evaluated =
    dataset === undefined
      ? await application.evaluations.evaluatePart(run.value.id, part)
      : await evaluateOn(application, run.value.id, dataset)
  if (!evaluated.ok) return refused(evaluated.problems)
  const { value } = evaluated
  const where =
    value.part === 'all' ? `all rows of ${value.dataset}` : `the ${value.part} part of ${value.dataset}`
  return done(
    { runId: run.value.id, ...value },
    `Run ${run.value.id} on ${where} (${count(value.samples)} samples): ${metrics(value.metrics)}\n`,
  )
}

async function evaluateOn(
  { datasets, evaluations }: Application,
  runId: number,
  named: string,
): Promise<Result<Evaluation>> {
  const dataset = await datasets.resolve(named)
  return dataset.ok ? evaluations.evaluateDataset(runId, dataset.value) : dataset
}

import { failure, problem, type Result, success } from '../../../src-core/problems.ts'
import type { CommandContext } from '../command-context.ts'
import { findRun } from '../find-run.ts'
import { type Reply, refused } from '../reply.ts'
import { trainingReply } from '../training-reply.ts'
import { watchTraining } from '../watch-training.ts'

/**
 * Goes on with a stopped, paused or failed run and waits for the end; answers as `train` does. Of the settings only the
 * batch size can be another one.
 */
export async function resume(
  context: CommandContext,
  named: string,
  options: Readonly<Record<string, unknown>>,
): Promise<Reply> {
  const batchSize = onlyBatchSize(options)
  if (!batchSize.ok) return refused(batchSize.problems)
  const application = await context.application()
  const run = findRun(application, named)
  if (!run.ok) return refused(run.problems)
  const changes = batchSize.value === undefined ? {} : { batchSize: batchSize.value }
  const resumed = await application.runs.resume(run.value.id, changes)
  if (!resumed.ok) return refused(resumed.problems)
  const { runId } = resumed.value
  await watchTraining(context, application, runId)
  const detail = application.runs.get(runId)
  return detail.ok ? trainingReply(detail.value) : refused(detail.problems)
}

function onlyBatchSize(options: Readonly<Record<string, unknown>>): Result<number | undefined> {
  const other = Object.entries(options).find(
    ([name, value]) => value !== undefined && name !== 'batchSize' && name !== 'resume',
  )
  if (other) {
    const option = other[0].replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    return failure(
      problem(
        'usage.invalid',
        `--resume goes on with the settings of the run; --${option} cannot be changed.`,
        {
          hint: 'Only --batch-size can be another one. Train anew for other settings.',
        },
      ),
    )
  }
  return success(typeof options.batchSize === 'number' ? options.batchSize : undefined)
}

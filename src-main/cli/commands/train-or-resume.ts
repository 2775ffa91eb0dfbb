import { problem } from '../../../src-core/problems.ts'
import type { CommandContext } from '../command-context.ts'
import { type Reply, refused } from '../reply.ts'
import { resume } from './resume.ts'
import { train } from './train.ts'

/** `train DOCUMENT` or `train --resume RUN`. */
export async function trainOrResume(
  context: CommandContext,
  document: string | undefined,
  options: Readonly<Record<string, unknown>>,
): Promise<Reply> {
  const { resume: run } = options
  if (typeof run === 'string' && document === undefined) return resume(context, run, options)
  if (typeof run !== 'string' && document !== undefined) return train(context, document, options)
  const message =
    document === undefined
      ? 'train needs a document, or --resume with a run.'
      : '--resume goes on with the document of the run; another one cannot be named.'
  return refused([problem('usage.invalid', message)])
}

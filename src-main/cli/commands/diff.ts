import { type DocumentDiff, diffDocuments, isSameModel } from '../../../src-core/document/diff.ts'
import { diffText } from '../../../src-core/document/diff-text.ts'
import { emptyDocument, type ModelDocument } from '../../../src-core/document/model-document.ts'
import { type Result, success } from '../../../src-core/problems.ts'
import type { CommandContext } from '../command-context.ts'
import { findRun, looksLikeRun } from '../find-run.ts'
import { readDocument } from '../read-document.ts'
import { type Reply, refused } from '../reply.ts'

/** What git names as the other side of a file that is new or gone. */
const noFile = '/dev/null'

/**
 * Compares two documents, the documents of two runs, or one of each: `{ same, before, after, ...diff }`. Exit codes are
 * those of `diff`: 0 the models are the same, 1 they differ, 2 (or 3, where it lies with the environment) they cannot be
 * compared.
 */
export async function diff(context: CommandContext, before: string, after: string): Promise<Reply> {
  const old = await documentNamed(context, before)
  if (!old.ok) return trouble(refused(old.problems))
  const next = await documentNamed(context, after)
  if (!next.ok) return trouble(refused(next.problems))
  const found: DocumentDiff = diffDocuments(old.value, next.value)
  const same = isSameModel(found)
  return {
    exitCode: same ? 0 : 1,
    json: { same, before, after, ...found },
    text: `${before} → ${after}: ${diffText(found)}`,
    problems: [],
  }
}

/** 1 is taken: it says that the models differ. */
function trouble(reply: Reply): Reply {
  return reply.exitCode === 1 ? { ...reply, exitCode: 2 } : reply
}

async function documentNamed(context: CommandContext, named: string): Promise<Result<ModelDocument>> {
  if (named === noFile) return success(emptyDocument('Nothing'))
  if (!looksLikeRun(named)) return readDocument(named)
  const application = await context.application()
  const run = findRun(application, named)
  return run.ok ? application.exports.documentOfRun(run.value.id) : run
}

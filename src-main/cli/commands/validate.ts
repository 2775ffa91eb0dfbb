import { compileModel } from '../../../src-core/compile/compile-model.ts'
import type { Problem } from '../../../src-core/problems.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodeFor } from '../exit-codes.ts'
import { readDocument } from '../read-document.ts'
import { type Reply, refused } from '../reply.ts'
import { count } from '../table.ts'

/**
 * Checks a document and names every problem: `{ valid, problems }`. Exit code 1 when there is an error; warnings
 * leave it valid.
 */
export async function validate(_context: CommandContext, named: string): Promise<Reply> {
  const document = await readDocument(named)
  if (!document.ok) {
    return { ...refused(document.problems), json: { valid: false, problems: document.problems } }
  }
  const { plan, problems } = compileModel(document.value)
  const summary =
    plan === undefined
      ? ''
      : `"${plan.name}" is valid: ${count(plan.layers.length)} layers, ${count(plan.parameterCount)} parameters.\n`
  return {
    exitCode: exitCodeFor(problems),
    json: { valid: plan !== undefined, problems: problems.map(withoutNoise) },
    text: summary,
    problems,
  }
}

/** A fix is for the canvas; on the command line its label says enough. */
function withoutNoise({ fix, ...problem }: Problem): unknown {
  return fix === undefined ? problem : { ...problem, fix: fix.label }
}

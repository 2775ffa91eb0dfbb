import type { RunSummary } from '../../src-core/ipc/contract.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import type { Application } from '../services/application.ts'

/** What a command line means by RUN: a number, the name of a run (the newest of that name), or `last`. */
export function findRun({ runs }: Application, named: string): Result<RunSummary> {
  const list = runs.list()
  const found = list.find((run) => String(run.id) === named) ?? list.find((run) => run.name === named)
  const run = found ?? (named === 'last' ? list[0] : undefined)
  if (run !== undefined) return success(run)
  const known = list.slice(0, 10).map(({ id, name }) => `${id} (${name})`)
  const hint =
    known.length === 0 ? 'There are no runs yet: train a model first.' : `The newest: ${known.join(', ')}.`
  return failure(problem('workspace.notFound', `There is no run "${named}" in the workspace.`, { hint }))
}

/** Whether a text names a run and not a document: a number, or `last`. */
export function looksLikeRun(named: string): boolean {
  return /^\d+$/.test(named) || named === 'last'
}

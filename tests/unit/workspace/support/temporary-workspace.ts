import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { type Problem, ProblemError } from '../../../../src-core/problems.ts'
import { type OpenOptions, openWorkspace } from '../../../../src-main/workspace/open.ts'
import type { Workspace } from '../../../../src-main/workspace/workspace.ts'

/** A file name in a new, empty folder. */
export function newFile(name = 'workspace.loom.db'): string {
  return path.join(mkdtempSync(path.join(tmpdir(), 'layerloom-workspace-')), name)
}

/** An open workspace in a folder of its own; it is closed when the test ends. */
export function newWorkspace(options: OpenOptions = {}): Workspace {
  return openedHere(newFile(), options)
}

/** Opens a workspace until the test ends. */
export function openedHere(file: string, options: OpenOptions = {}): Workspace {
  const workspace = openWorkspace(file, options)
  onTestFinished(() => workspace.close())
  return workspace
}

/** The problem that the work ends in. */
export function problemOf(work: () => unknown): Problem {
  try {
    work()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('The work was expected to end in a problem.')
}

/** A clock that moves on one second with every look. */
export function steppingClock(): () => Date {
  let seconds = 0
  return () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++))
}

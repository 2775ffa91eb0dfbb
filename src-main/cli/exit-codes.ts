import type { Problem, ProblemCode } from '../../src-core/problems.ts'

/** 0 done, 1 the user's input is wrong, 2 the command was not understood, 3 the environment or a bug. */
export type ExitCode = 0 | 1 | 2 | 3

const environment: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'file.notWritten',
  'workspace.locked',
  'workspace.readOnly',
  'workspace.corrupted',
  'workspace.newer',
  'workspace.diskFull',
  'workspace.sqlite',
  'run.engineDied',
  'run.outOfMemory',
  'run.deviceLost',
  'run.engineUnavailable',
  'run.engineFailed',
  'engine.notInstalled',
  'internal.bug',
])

/** The exit code that tells a script whose matter the problems are; the gravest decides. */
export function exitCodeFor(problems: readonly Problem[]): ExitCode {
  const codes = problems.filter((item) => item.severity === 'error').map((item) => item.code)
  if (codes.some((code) => environment.has(code))) return 3
  if (codes.includes('usage.invalid')) return 2
  return codes.length > 0 ? 1 : 0
}

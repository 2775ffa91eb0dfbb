import { type Problem, problem } from '../../src-core/problems.ts'
import type { ProcessExit } from './launcher.ts'

/** An engine process that ended before its job did. */
export class EngineProcessError extends Error {
  readonly exitCode: number | null
  readonly signal: string | null
  /** The last lines of its error stream, for the log. */
  readonly errorOutput: string

  constructor(exit: ProcessExit, what: string, errorOutput: string) {
    super(`${what} (${describeExit(exit)})`)
    this.name = 'EngineProcessError'
    this.exitCode = exit.code
    this.signal = exit.signal
    this.errorOutput = errorOutput
  }
}

function describeExit({ code, signal }: ProcessExit): string {
  if (signal !== null) return `signal ${signal}`
  return code === null ? 'it did not start' : `exit code ${code}`
}

/** What people are told when the engine process of their run is gone. */
export function engineDied(error: EngineProcessError): Problem {
  const perhapsMemory = error.signal === 'SIGKILL' ? ' If memory ran out, try a smaller batch size.' : ''
  return problem('run.engineDied', `${error.message}. What was stored before is kept.`, {
    hint: `Resume the run to go on from its last checkpoint.${perhapsMemory}`,
  })
}

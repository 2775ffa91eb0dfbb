import { type Problem, problem } from '../../src-core/problems.ts'
import type { ProcessExit } from './launcher.ts'
import { outsideFailureIn } from './outside-failure.ts'
import { problemOf } from './outside-problems.ts'

/** An engine process that ended before its job did. */
export class EngineProcessError extends Error {
  readonly exit: ProcessExit
  readonly exitCode: number | null
  readonly signal: string | null
  /** The last lines of its error stream, for the log. */
  readonly errorOutput: string
  /** It ended because of a mistake of ours: an exception, or a message that cannot be understood. */
  readonly isFault: boolean

  constructor(exit: ProcessExit, what: string, errorOutput: string, isFault = false) {
    super(`${what} (${describeExit(exit)})`)
    this.name = 'EngineProcessError'
    this.exit = exit
    this.exitCode = exit.code
    this.signal = exit.signal
    this.errorOutput = errorOutput
    this.isFault = isFault
  }
}

function describeExit({ code, signal }: ProcessExit): string {
  if (signal !== null) return `signal ${signal}`
  return code === null ? 'it did not start' : `exit code ${code}`
}

/**
 * Whether memory may have run out although nobody said so: the system kills for it, and V8 and C++ programs abort.
 */
export function mayBeMemory({ signal, isFault }: EngineProcessError): boolean {
  return !isFault && (signal === 'SIGKILL' || signal === 'SIGABRT')
}

/**
 * What people are told when the engine process of their run is gone. `memoryRanOut`: the system has ended processes for
 * want of memory while it ran.
 */
export function engineDied(error: EngineProcessError, memoryRanOut = false): Problem {
  const isKilled = memoryRanOut && !error.isFault
  const failed = isKilled ? 'memory' : outsideFailureIn(error.isFault ? error.message : error.errorOutput)
  if (failed) return problemOf(failed, 'and the engine process ended', describeExit(error.exit))
  const perhapsMemory = mayBeMemory(error) ? ' If memory ran out, try a smaller batch size.' : ''
  return problem('run.engineDied', `${error.message}. What was stored before is kept.`, {
    hint: `Resume the run to go on from its last checkpoint.${perhapsMemory}`,
  })
}

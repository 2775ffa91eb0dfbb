import type { EngineCommand } from './protocol.ts'

/** How a process ended: an exit code, or the signal that killed it. */
export interface ProcessExit {
  readonly code: number | null
  readonly signal: string | null
}

export interface EngineProcessListener {
  /** A message, not validated yet. */
  message(value: unknown): void
  /** Text the process wrote to its error stream. */
  errorOutput(text: string): void
  /** Called once; no message follows. */
  exit(exit: ProcessExit): void
}

/** A running engine process, whatever started it. */
export interface EngineProcess {
  readonly pid: number | undefined
  send(command: EngineCommand): void
  /** Ends the process at once, without a chance to say anything. */
  kill(): void
}

/** Starts one engine process. Failing to start is an exit with code null and signal null, told to the listener. */
export type EngineLauncher = (listener: EngineProcessListener) => EngineProcess

import type { Application } from '../services/application.ts'

/** Where a command writes. Results go to `out`, everything else to `error`. */
export interface Streams {
  out(text: string): void
  error(text: string): void
  /** The terminal behind `error`, if it is one: progress may be redrawn there. */
  readonly terminal: NodeJS.WriteStream | undefined
}

/** What every command gets beside its own arguments. */
export interface CommandContext {
  readonly workspaceFile: string
  readonly streams: Streams
  /** Nothing but problems is said on the way: the caller is a program. */
  readonly json: boolean
  /**
   * The services over the workspace file, opened on first use and closed when the command ends.
   * @throws ProblemError when the file cannot be used
   */
  application(): Promise<Application>
}

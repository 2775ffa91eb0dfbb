import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** A second process that works on a workspace file and says so line by line. */
export interface OtherProcess {
  /** The next line it prints. */
  nextLine(): Promise<string>
  /** Lets it go on (it waits for a line), then waits for its end. */
  finish(): Promise<void>
}

/** Starts one of the scripts of this folder. */
export function otherProcess(script: string, ...args: readonly string[]): OtherProcess {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    nextLine: async () => {
      const { value, done } = await lines.next()
      if (done) throw new Error(`${script} ended before it said anything more.`)
      return value
    },
    finish: async () => {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined
      child.stdin.end('go on\n')
      await ended
    },
  }
}

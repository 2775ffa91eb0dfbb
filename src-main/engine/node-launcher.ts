import { fork } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EngineLauncher } from './launcher.ts'

const compileCache = path.join(tmpdir(), 'node-compile-cache')

export interface NodeLauncherOptions {
  /** The engine process's entry; by default the source file beside this one. */
  readonly entry?: string
  /** Added to the environment of the process. */
  readonly environment?: Readonly<Record<string, string>>
  /** Runs the entry in place of this Node; a program that limits what it may use, say. */
  readonly program?: string
}

/** Starts engine processes as Node children: for the command line and the tests. */
export function nodeLauncher(options: NodeLauncherOptions = {}): EngineLauncher {
  const entry = options.entry ?? fileURLToPath(new URL('process/main.ts', import.meta.url))
  return (listener) => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Reading the sources takes most of a second; compiled ones are kept where Node keeps them by default.
      env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...options.environment },
      execArgv: [],
      ...(options.program !== undefined && { execPath: options.program }),
    })
    child.on('message', (value) => listener.message(value))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => listener.errorOutput(text))
    let ended = false
    const end = (code: number | null, signal: string | null) => {
      if (ended) return
      ended = true
      listener.exit({ code, signal })
    }
    // `close` rather than `exit`: every message and all error output has arrived by then.
    child.on('close', end)
    child.on('error', (error) => {
      listener.errorOutput(error.message)
      if (child.pid === undefined) end(null, null)
    })
    return {
      pid: child.pid,
      // A process that is gone tells so through `close`; a failing send says nothing new.
      send: (command) => void child.send(command, () => undefined),
      kill: () => void child.kill('SIGKILL'),
    }
  }
}

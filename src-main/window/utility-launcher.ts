import { utilityProcess } from 'electron'
import type { EngineLauncher, ProcessExit } from '../engine/launcher.ts'

/** Electron tells a signal as an exit code, its number. Those of a crash or a kill; the engine process exits with 0 or 1. */
const signals = new Map([
  [6, 'SIGABRT'],
  [9, 'SIGKILL'],
  [11, 'SIGSEGV'],
])

function exitOf(code: number): ProcessExit {
  const signal = process.platform === 'win32' ? undefined : signals.get(code)
  return signal === undefined ? { code, signal: null } : { code: null, signal }
}

/** Starts engine processes as Electron utility processes: for the app. `entry` is the bundled engine process. */
export function utilityLauncher(entry: string): EngineLauncher {
  return (listener) => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'LayerLoom engine', stdio: 'pipe' })
    child.on('message', (value: unknown) => listener.message(value))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => listener.errorOutput(text))
    child.on('exit', (code) => listener.exit(exitOf(code)))
    return {
      get pid() {
        return child.pid
      },
      send: (command) => child.postMessage(command),
      kill: () => void child.kill(),
    }
  }
}

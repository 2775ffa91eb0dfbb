import { utilityProcess } from 'electron'
import type { EngineLauncher } from '../engine/launcher.ts'

/** Starts engine processes as Electron utility processes: for the app. `entry` is the bundled engine process. */
export function utilityLauncher(entry: string): EngineLauncher {
  return (listener) => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'LayerLoom engine', stdio: 'pipe' })
    child.on('message', (value: unknown) => listener.message(value))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => listener.errorOutput(text))
    child.on('exit', (code) => listener.exit({ code, signal: null }))
    return {
      get pid() {
        return child.pid
      },
      send: (command) => child.postMessage(command),
      kill: () => void child.kill(),
    }
  }
}

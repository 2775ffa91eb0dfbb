import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

/** The release of TensorFlow whose libraries the engine is built against. */
export const tensorflowVersion = '2.21.0'

/** Changes when an installed folder must be made again although TensorFlow stays the same. */
const layout = 1

/** The native binding, the last file of an installation to be made; the libraries lie beside it. */
export const bindingFile = 'tfjs_binding.node'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The folder of engines that were installed on request: `LAYERLOOM_ENGINES`, or `layerloom/engines` in the platform's
 * folder for what can be made again. Every clone and every workspace of this user shares it.
 */
export function enginesFolder(environment: Environment = process.env): string {
  if (environment.LAYERLOOM_ENGINES) return path.resolve(environment.LAYERLOOM_ENGINES)
  return path.join(cacheHome(environment), 'layerloom', 'engines')
}

function cacheHome(environment: Environment): string {
  if (environment.XDG_CACHE_HOME) return environment.XDG_CACHE_HOME
  if (process.platform === 'win32' && environment.LOCALAPPDATA) return environment.LOCALAPPDATA
  return path.join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache')
}

/** Where this version's TensorFlow is, or will be. */
export function tensorflowFolder(environment: Environment = process.env): string {
  return path.join(enginesFolder(environment), `tensorflow-${tensorflowVersion}-${layout}`)
}

/** The folder of the installed TensorFlow; `undefined` when there is none. */
export function findTensorflow(environment: Environment = process.env): string | undefined {
  const folder = tensorflowFolder(environment)
  return existsSync(path.join(folder, bindingFile)) ? folder : undefined
}

// Where things are: this repository, and the cache outside it.
import { homedir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Absolute path of something inside the repository.
 * @param {string[]} parts
 */
export const inRoot = (...parts) => path.join(root, ...parts)

/** Folder for downloads that outlive `node_modules` and are shared by every clone on this machine. */
export function cacheFolder() {
  return path.join(cacheHome(), 'layerloom')
}

function cacheHome() {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME
  if (process.platform === 'win32' && process.env.LOCALAPPDATA) return process.env.LOCALAPPDATA
  return path.join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache')
}

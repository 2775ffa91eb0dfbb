import { access, readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export interface FoundElectron {
  readonly kind: 'given by LAYERLOOM_ELECTRON' | 'official binary' | 'fallback'
  readonly path: string
}

const electronPackage = fileURLToPath(new URL('../../../node_modules/electron/', import.meta.url))

/** The Electron that `npm start` would open, in the order in which scripts/lib/electron.mjs looks for it. */
export async function findElectron(): Promise<FoundElectron | undefined> {
  const given = process.env.LAYERLOOM_ELECTRON
  if (given) return existing({ kind: 'given by LAYERLOOM_ELECTRON', path: path.resolve(given) })
  return (await official()) ?? (await fallback())
}

async function official(): Promise<FoundElectron | undefined> {
  const executable = await readFile(path.join(electronPackage, 'path.txt'), 'utf8').catch(() => undefined)
  if (executable === undefined) return undefined
  return existing({ kind: 'official binary', path: path.join(electronPackage, 'dist', executable) })
}

async function fallback(): Promise<FoundElectron | undefined> {
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'layerloom')
  const names = await readdir(cache).catch(() => [])
  const newest = names.filter((name) => name.startsWith('electron-fallback-')).at(-1)
  if (newest === undefined) return undefined
  return existing({ kind: 'fallback', path: path.join(cache, newest, 'electron') })
}

async function existing(found: FoundElectron): Promise<FoundElectron | undefined> {
  return access(found.path).then(
    () => found,
    () => undefined,
  )
}

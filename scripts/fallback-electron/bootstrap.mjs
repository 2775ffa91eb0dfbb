// The `resources/app` of the fallback Electron: does what Electron's own default app does, that is,
// loads the application folder named on the command line. See docs/development.md.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, utilityProcess } from 'electron'
import './substitute.cjs'

const { folder, modules } = readArguments(process.argv.slice(1))
if (folder === undefined) {
  console.error('Usage: electron [options] <application folder>')
  process.exit(2)
}
const appFolder = path.resolve(folder)
const manifest = JSON.parse(readFileSync(path.join(appFolder, 'package.json'), 'utf8'))
app.setName(manifest.productName ?? manifest.name)
app.setVersion(manifest.version)
app.setAppPath(appFolder)
process.defaultApp = true

const require = createRequire(import.meta.url)
for (const name of modules) require(path.resolve(name))

/**
 * The application folder, and the modules to load before it (`-r FILE`, as Electron's own default app has it).
 * @param {string[]} given
 */
function readArguments(given) {
  /** @type {string[]} */
  const modules = []
  for (let index = 0; index < given.length; index++) {
    const argument = given[index]
    if (argument === '-r' || argument === '--require') modules.push(given[++index])
    else if (!argument.startsWith('-')) return { folder: argument, modules }
  }
  return { folder: undefined, modules }
}

// A utility process is a fresh Node that has not loaded this file: start it through a wrapper that
// substitutes the same modules before it loads the real entry.
const fork = utilityProcess.fork.bind(utilityProcess)
utilityProcess.fork = (entry, args = [], options = {}) =>
  fork(path.join(import.meta.dirname, 'utility.cjs'), [entry, ...args], {
    serviceName: path.basename(entry),
    ...options,
  })

try {
  // Awaited, because Electron is ready only when this module has been evaluated: what an application does
  // while its modules load still comes before the ready event.
  await import(pathToFileURL(path.join(appFolder, manifest.main)).href)
} catch (error) {
  console.error(error)
  process.exit(1)
}

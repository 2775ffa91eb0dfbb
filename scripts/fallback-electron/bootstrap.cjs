'use strict'
// The `resources/app` of the fallback Electron: does what Electron's own default app does, that is,
// loads the application folder named on the command line. See docs/development.md.
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const { app, utilityProcess } = require('electron')
require('./substitute.cjs')

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (folder === undefined) {
  console.error('Usage: electron [options] <application folder>')
  app.exit(2)
} else {
  const appFolder = path.resolve(folder)
  const manifest = JSON.parse(readFileSync(path.join(appFolder, 'package.json'), 'utf8'))
  app.setName(manifest.productName ?? manifest.name)
  app.setVersion(manifest.version)
  app.setAppPath(appFolder)

  // A utility process is a fresh Node that has not loaded this file: start it through a wrapper that
  // substitutes the same modules before it loads the real entry.
  const fork = utilityProcess.fork.bind(utilityProcess)
  utilityProcess.fork = (entry, args = [], options = {}) =>
    fork(path.join(__dirname, 'utility.cjs'), [entry, ...args], {
      serviceName: path.basename(entry),
      ...options,
    })

  import(pathToFileURL(path.join(appFolder, manifest.main)).href).catch((error) => {
    console.error(error)
    app.exit(1)
  })
}

'use strict'
// This Electron's Node is too old for the application's better-sqlite3 (Node-API 10), so the module name
// leads to an older better-sqlite3 of the same interface, both for require() and for import.
const Module = require('node:module')
const path = require('node:path')
const { pathToFileURL } = require('node:url')

const substitutes = { 'better-sqlite3': path.join(__dirname, 'better-sqlite3', 'lib', 'index.js') }

const resolveFilename = Module._resolveFilename
Module._resolveFilename = function resolveSubstitute(request, ...rest) {
  return substitutes[request] ?? resolveFilename.call(this, request, ...rest)
}

Module.register(pathToFileURL(path.join(__dirname, 'import-hook.mjs')).href, {
  data: Object.fromEntries(
    Object.entries(substitutes).map(([name, file]) => [name, pathToFileURL(file).href]),
  ),
})

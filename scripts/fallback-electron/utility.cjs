'use strict'
// First module of every utility process in the fallback Electron: argv is [exec, this file, entry, ...args].
const { pathToFileURL } = require('node:url')
require('./substitute.cjs')

process.argv.splice(1, 1)
import(pathToFileURL(process.argv[1]).href).catch((error) => {
  console.error(error)
  process.exit(1)
})

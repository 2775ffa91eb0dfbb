'use strict'
// Stands in for the `bindings` package inside the substituted better-sqlite3, whose binary lies beside it.
const path = require('node:path')

module.exports = (name) => require(path.join(__dirname, '..', '..', 'build', 'Release', name))

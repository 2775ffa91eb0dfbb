// Exits with 0 if the release host of Electron (or the mirror set for it) answers. Usage: probe-electron.mjs VERSION
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { inRoot } from './paths.mjs'

const fromElectron = createRequire(inRoot('node_modules/electron/package.json'))
const { downloadArtifact } = await import(pathToFileURL(fromElectron.resolve('@electron/get')).href)

await downloadArtifact({
  version: process.argv[2],
  artifactName: 'SHASUMS256.txt',
  isGeneric: true,
  unsafelyDisableChecksums: true,
})

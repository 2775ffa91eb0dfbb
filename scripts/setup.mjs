// Installs what is missing, and is quick when nothing is. Called before `npm start`, `npm test` and the CLI.
//   node scripts/setup.mjs             everything the app needs
//   node scripts/setup.mjs --start     the same, without Electron where there is no display to show it on
//   node scripts/setup.mjs --test      also what the tests need: virtual display, libraries, Python peers, TensorFlow engine
//   node scripts/setup.mjs --no-electron   only node_modules (enough for the command line)
//   --quiet                            says nothing when nothing is missing
import { spawnSync } from 'node:child_process'
import { say } from './lib/commands.mjs'
import { hasDisplay } from './lib/display.mjs'
import { ensureElectron, findElectron } from './lib/electron.mjs'
import {
  installNodeModules,
  installPinnedNode,
  nodeModulesAreCurrent,
  pinnedNodeIsCurrent,
} from './lib/node-modules.mjs'
import { inRoot } from './lib/paths.mjs'
import { ensurePythonPeers } from './lib/python-peers.mjs'
import { installSystemPackages, missingSystemParts } from './lib/system-packages.mjs'
import { ensureTensorflowEngine } from './lib/tensorflow-engine.mjs'

const options = new Set(process.argv.slice(2))

async function main() {
  if (!nodeModulesAreCurrent()) {
    leaveNodeModules()
    await installNodeModules()
  }
  if (!pinnedNodeIsCurrent()) await installPinnedNode()
  if (wantsElectron()) await ensureElectron()
  if (options.has('--test')) await prepareTests()
  if (!options.has('--quiet')) say('Everything needed is installed.')
}

function wantsElectron() {
  if (options.has('--no-electron')) return false
  return hasDisplay() || !options.has('--start')
}

async function prepareTests() {
  const missing = await missingSystemParts(findElectron()?.path)
  if (missing.length > 0) await installSystemPackages(missing)
  await ensurePythonPeers()
  await ensureTensorflowEngine()
}

/** `npm ci` replaces node_modules, so it must not be run by the Node inside: hand over to npm's own. */
function leaveNodeModules() {
  const outside = process.env.npm_node_execpath
  if (!process.execPath.startsWith(inRoot('node_modules')) || !outside || outside === process.execPath) return
  const { status } = spawnSync(outside, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(status ?? 1)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

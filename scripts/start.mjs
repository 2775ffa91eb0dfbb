// `npm start`: builds the application if the sources changed and opens it. `npm run dev`: with hot reload.
// Further arguments go to the application: npm start -- --workspace my.loom.db
import { spawn } from 'node:child_process'
import path from 'node:path'
import { buildIfOutdated, discardBuild } from './lib/build.mjs'
import { say } from './lib/commands.mjs'
import { electronSwitches, hasDisplay } from './lib/display.mjs'
import { findElectron } from './lib/electron.mjs'
import { runMainJobHeadless } from './lib/headless-job.mjs'
import { pinnedNode } from './lib/node-modules.mjs'
import { inRoot } from './lib/paths.mjs'

/**
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
async function main(args) {
  if (!hasDisplay()) {
    say('This machine has no display, so the designer cannot open a window here.')
    return runMainJobHeadless()
  }
  const electron = findElectron()
  if (electron === undefined) throw new Error('Electron is not installed: run `npm run setup`.')
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, ELECTRON_EXEC_PATH: electron.path }
  // Set by some editors' terminals; Electron would then start as a plain Node.
  delete env.ELECTRON_RUN_AS_NODE
  const appArguments = args.filter((argument) => argument !== '--dev')
  if (args.includes('--dev')) {
    discardBuild()
    const electronVite = inRoot('node_modules/electron-vite/bin/electron-vite.js')
    return wait(
      pinnedNode,
      [electronVite, 'dev', '--watch', '--', ...electronSwitches(), ...appArguments],
      env,
    )
  }
  if (!(await buildIfOutdated())) return 1
  say(`Opening LayerLoom in ${electron.kind === 'fallback' ? 'the fallback Electron' : 'Electron'} ...`)
  return wait(electron.path, [...electronSwitches(), inRoot(), ...appArguments], env)
}

/**
 * Runs a program in this terminal; an interrupt goes to it, and ends this script with it.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function wait(command, args, env) {
  const child = spawn(command, args, { cwd: inRoot(), env, stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${path.basename(command)}: ${error.message}`)))
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

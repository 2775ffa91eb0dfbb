// Runs once before the e2e tests: a built application, an Electron to run it in, a display to show it on.
import path from 'node:path'
import { buildIfOutdated } from '../../../scripts/lib/build.mjs'
import { electronSwitches, startVirtualDisplay } from '../../../scripts/lib/display.mjs'
import { findElectron } from '../../../scripts/lib/electron.mjs'

/** @returns {Promise<() => void>} what vitest calls when the e2e tests are over */
export async function setup() {
  const electron = findElectron()
  if (electron === undefined)
    throw new Error('There is no Electron: run `node scripts/setup.mjs --test` first.')
  if (!(await buildIfOutdated())) throw new Error('The application does not build; the messages are above.')
  // A display of its own, so that the tests neither disturb nor depend on the desktop of whoever runs them.
  const stop = process.platform === 'linux' ? await startVirtualDisplay() : () => {}
  // Read by launch-app.ts in the test processes.
  process.env.LAYERLOOM_E2E_ELECTRON = electron.path
  // What the electron package's index.js heeds: the folder of the executable where it is not the package's own.
  if (electron.kind !== 'official') process.env.ELECTRON_OVERRIDE_DIST_PATH = path.dirname(electron.path)
  process.env.LAYERLOOM_E2E_SWITCHES = electronSwitches().join(' ')
  return stop
}

// The TensorFlow engine, which the tests compare with: installed as a user would, by the command line.
import { run, say, secondsSince } from './commands.mjs'
import { pinnedNode } from './node-modules.mjs'
import { inRoot } from './paths.mjs'

/**
 * Installs it if it is missing. Does not throw: the tests that need it are then skipped by name (and fail in CI, see
 * tests/support/tensorflow.ts).
 */
export async function ensureTensorflowEngine() {
  const start = performance.now()
  const command = [inRoot('src-main/cli/index.ts'), 'engines', 'install', 'tensorflow']
  const { ok, output } = await run(pinnedNode, command, { quiet: true, timeoutSeconds: 1200 })
  if (!ok) {
    say(`TensorFlow engine: not available, so the tests that compare with it will not run.\n${output.trim()}`)
  } else if (output.includes('Downloading')) {
    say(`Installed the TensorFlow engine in ${secondsSince(start)}.`)
  }
}

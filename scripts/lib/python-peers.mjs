// The Python environment that the parity tests compare with: Keras, PyTorch, ONNX Runtime, scikit-learn.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run, say, secondsSince } from './commands.mjs'
import { cacheFolder, inRoot } from './paths.mjs'
import { aptGet, onPath } from './system-packages.mjs'

const requirements = inRoot('tests/support/requirements.txt')
const hoursBeforeNextTry = 24

/** Where the environment for the present requirements is, or will be. */
export function pythonPeersFolder() {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  return path.join(cacheFolder(), `python-peers-${hash}`)
}

/** The environment's interpreter, if it is complete. */
export function findPythonPeers() {
  const folder = pythonPeersFolder()
  if (!existsSync(path.join(folder, 'complete'))) return undefined
  return interpreterIn(folder)
}

/** @param {string} folder */
const interpreterIn = (folder) =>
  process.platform === 'win32' ? path.join(folder, 'Scripts/python.exe') : path.join(folder, 'bin/python')

/**
 * Makes the environment if it is missing. Does not throw: the tests that need it are then skipped by name
 * (and fail in CI, see tests/support/python.ts).
 * @param {{ again?: boolean }} [options] `again` tries even if it failed a short while ago
 * @returns {Promise<boolean>} whether it is there
 */
export async function ensurePythonPeers({ again = Boolean(process.env.CI) } = {}) {
  if (findPythonPeers()) return true
  const failedMarker = `${pythonPeersFolder()}.failed`
  if (!again && wasRecent(failedMarker)) {
    say('Python peers: not available, tried a short while ago (try again: node scripts/python-peers.mjs).')
    return false
  }
  const start = performance.now()
  const problem = await install()
  if (problem === undefined) {
    say(`Installed the Python peers in ${secondsSince(start)}.`)
    rmSync(failedMarker, { force: true })
    return true
  }
  say(`Python peers: not available, so the tests that compare with them will not run.\n${problem}`)
  mkdirSync(cacheFolder(), { recursive: true })
  writeFileSync(failedMarker, problem)
  return false
}

/** @param {string} file */
function wasRecent(file) {
  return existsSync(file) && Date.now() - statSync(file).mtimeMs < hoursBeforeNextTry * 3_600_000
}

/** @returns {Promise<string | undefined>} what went wrong */
async function install() {
  const python = await findBasePython()
  if (python === undefined) return 'No Python 3.10 to 3.13 with the venv module was found.'
  say('Installing the Python peers (Keras, PyTorch, ONNX Runtime, scikit-learn); this takes some minutes ...')
  const folder = pythonPeersFolder()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(cacheFolder(), { recursive: true })
  const made = await run(python, ['-m', 'venv', folder], { quiet: true })
  if (!made.ok) return made.output
  const installed = await run(
    interpreterIn(folder),
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
    // Where one of several indexes cannot be reached, retrying it would take longer than the rest.
    { env: { PIP_RETRIES: '0', ...process.env }, quiet: true, timeoutSeconds: 1200 },
  )
  if (!installed.ok) {
    rmSync(folder, { recursive: true, force: true })
    return installed.timedOut ? 'pip took more than 20 minutes.' : lastLines(installed.output)
  }
  writeFileSync(path.join(folder, 'complete'), '')
  return undefined
}

/** @param {string} text */
const lastLines = (text) => text.trim().split('\n').slice(-8).join('\n')

async function findBasePython() {
  const found = await firstSuitablePython()
  if (found || process.platform !== 'linux' || process.getuid?.() !== 0 || !onPath('apt-get')) return found
  say('Installing Python ...')
  await aptGet(['update'])
  await aptGet(['install', '-y', '--no-install-recommends', 'python3', 'python3-venv'])
  return firstSuitablePython()
}

async function firstSuitablePython() {
  const program = 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))'
  for (const name of ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const { ok } = await run(name, ['-c', program], { quiet: true })
    if (ok) return name
  }
  return undefined
}

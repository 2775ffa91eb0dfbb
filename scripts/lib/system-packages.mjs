// Debian packages that a test run needs beyond Node: a virtual display and Electron's shared libraries.
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { run, say, secondsSince } from './commands.mjs'

/**
 * What Playwright's list for Chromium comes to with Electron, less its many fonts. Where a package was renamed
 * in the transition to 64-bit time, both names are given and the one that exists is taken.
 */
const packages = [
  ['xvfb'],
  ['fonts-liberation'],
  ['libasound2', 'libasound2t64'],
  ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libatk1.0-0', 'libatk1.0-0t64'],
  ['libatspi2.0-0', 'libatspi2.0-0t64'],
  ['libcairo2'],
  ['libcups2', 'libcups2t64'],
  ['libdbus-1-3'],
  ['libdrm2'],
  ['libgbm1'],
  ['libglib2.0-0', 'libglib2.0-0t64'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnspr4'],
  ['libnss3'],
  ['libpango-1.0-0'],
  ['libx11-6'],
  ['libxcb1'],
  ['libxcomposite1'],
  ['libxdamage1'],
  ['libxext6'],
  ['libxfixes3'],
  ['libxkbcommon0'],
  ['libxrandr2'],
]

/**
 * Whether a program is on the PATH.
 * @param {string} program
 */
export function onPath(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * Which of a test run's system requirements are missing, in words; empty when none is.
 * @param {string | undefined} electron path of the Electron executable
 */
export async function missingSystemParts(electron) {
  if (process.platform !== 'linux') return []
  const missing = onPath('Xvfb') ? [] : ['Xvfb']
  if (electron) {
    const { output } = await run('ldd', [electron], { quiet: true })
    for (const [, library = ''] of output.matchAll(/^\s*(\S+) => not found/gm)) missing.push(library)
  }
  return missing
}

/**
 * Installs the Debian packages when this is root on such a system, and otherwise says what to run.
 * @param {string[]} missing as {@link missingSystemParts} says
 * @returns {Promise<boolean>} whether they were installed
 */
export async function installSystemPackages(missing) {
  say(`Missing for the tests in the real window: ${missing.join(', ')}.`)
  if (!onPath('apt-get') || process.getuid?.() !== 0) {
    say('Install them with:  sudo npx playwright install-deps chromium && sudo apt-get install xvfb')
    return false
  }
  const start = performance.now()
  say('Installing them as Debian packages ...')
  const names = await installableNames()
  const result = await aptGet(['install', '-y', '--no-install-recommends', ...names])
  if (!result.ok) {
    say(`apt-get failed:\n${result.output.slice(-2000)}`)
    return false
  }
  say(`Installed ${names.length} Debian packages in ${secondsSince(start)}.`)
  return true
}

async function installableNames() {
  await aptGet(['update'])
  const { output } = await run('apt-cache', ['pkgnames'], { quiet: true })
  const known = new Set(output.split('\n'))
  return packages.map((names) => names.find((name) => known.has(name)) ?? String(names[0]))
}

/**
 * Runs apt-get without questions, waiting for another apt-get to finish.
 * @param {string[]} args
 */
export const aptGet = (args) =>
  run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    quiet: true,
    timeoutSeconds: 600,
  })

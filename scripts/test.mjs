// `npm test`: every check and every test, ending with the line `N passed, N failed[, N skipped]`.
//   npm test                      everything
//   npm test -- tests/parity      only the test files whose path contains one of the words given
import { buildIfOutdated } from './lib/build.mjs'
import { runChecks } from './lib/checks.mjs'
import { say, secondsSince } from './lib/commands.mjs'
import { runVitest } from './lib/run-vitest.mjs'

const total = { passed: 0, failed: 0, skipped: 0 }
/** What failed, a line each: listed once more at the end, where a long log is read first. */
const failures = /** @type {string[]} */ ([])

/**
 * Runs one suite, adds its results to the total, and returns how many of its tests ran.
 * @param {string} title
 * @param {() => Promise<{ passed: number, failed: number, skipped: number, failures?: string[] }>} work
 */
async function suite(title, work) {
  say(`\n== ${title} ==`)
  const { passed, failed, skipped, failures: lines = [] } = await work()
  failures.push(...lines)
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  return passed + failed
}

async function build() {
  const ok = await buildIfOutdated()
  say(ok ? 'passed: the application is built' : 'FAILED: the application does not build')
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, failures: ok ? [] : ['the build'] }
}

async function everything() {
  await suite('Checks: lint, format, types, layering', runChecks)
  const tests = await suite('Unit, contract and parity tests', () => runVitest(['node', 'renderer'], []))
  const failedBefore = total.failed
  await suite('Build', build)
  if (total.failed > failedBefore) {
    say('Without it there is nothing to run the end-to-end tests on: they were left out.')
    return tests
  }
  return tests + (await suite('End-to-end tests in Electron', () => runVitest(['e2e'], [])))
}

const start = performance.now()
const filters = process.argv.slice(2)
const testsRun =
  filters.length === 0 ? await everything() : await suite('Tests', () => runVitest([], filters))
if (testsRun === 0) {
  say('\nNo test ran.')
  total.failed += 1
}
process.exitCode = total.failed === 0 ? 0 : 1
if (failures.length > 0) say(`\nFailed:\n${failures.map((line) => `- ${line}`).join('\n')}`)
const skipped = total.skipped === 0 ? '' : `, ${total.skipped} skipped`
say(`\nAll suites took ${secondsSince(start)}.`)
say(`${total.passed} passed, ${total.failed} failed${skipped}`)

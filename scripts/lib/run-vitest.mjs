// Runs vitest and counts its results.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { run } from './commands.mjs'
import { pinnedNode } from './node-modules.mjs'
import { inRoot } from './paths.mjs'

/**
 * Runs the test files of some projects of vitest.config.ts, showing progress.
 * @param {string[]} projects names of projects; all of them if empty
 * @param {string[]} filters only files whose path contains one of these; all files if empty
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} a run that ended badly without a failed
 *   test (an unhandled error, a file that does not load, no test at all) counts as a failure
 */
export async function runVitest(projects, filters) {
  const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-tests-'))
  const report = path.join(folder, 'report.json')
  const result = await run(
    pinnedNode,
    [
      inRoot('node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...projects.flatMap((name) => ['--project', name]),
      ...filters,
    ],
    { cwd: inRoot() },
  )
  const counts = countResults(report)
  rmSync(folder, { recursive: true })
  if (!result.ok && counts.failed === 0) counts.failed = 1
  return counts
}

/** @param {string} report path of vitest's JSON report */
function countResults(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of readReport(report)) {
    const states = file.assertionResults.map((test) => test.status)
    counts.passed += states.filter((state) => state === 'passed').length
    counts.failed += states.filter((state) => state === 'failed').length
    counts.skipped += states.filter((state) => state !== 'passed' && state !== 'failed').length
    // A file that does not load, or whose set-up fails, has no failed test of its own.
    if (file.status === 'failed' && !states.includes('failed')) counts.failed += 1
  }
  return counts
}

/**
 * @param {string} report
 * @returns {{ status: string, assertionResults: { status: string }[] }[]} one entry per test file
 */
function readReport(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults
  } catch {
    return []
  }
}

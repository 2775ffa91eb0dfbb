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
 * @returns {Promise<{ passed: number, failed: number, skipped: number, failures: string[] }>} `failures` says what failed
 *   and why, a line each; a run that ended badly without a failed test (an unhandled error, a file that does not load,
 *   no test at all) counts as a failure
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
  if (!result.ok && counts.failed === 0) {
    counts.failed = 1
    counts.failures.push(
      `vitest ended badly without a failed test (${projects.join(', ') || 'all projects'})`,
    )
  }
  return counts
}

/** @param {string} report path of vitest's JSON report */
function countResults(report) {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: /** @type {string[]} */ ([]) }
  for (const file of readReport(report)) {
    const name = path.relative(inRoot(), file.name)
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    const passed = file.assertionResults.filter((test) => test.status === 'passed')
    counts.passed += passed.length
    counts.failed += failed.length
    counts.skipped += file.assertionResults.length - failed.length - passed.length
    for (const test of failed) {
      counts.failures.push(`${name} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`)
    }
    // A file that does not load, or whose set-up fails, has no failed test of its own.
    if (file.status === 'failed' && failed.length === 0) {
      counts.failed += 1
      counts.failures.push(`${name}: ${firstLine(file.message) || 'its set-up failed'}`)
    }
  }
  return counts
}

/** The first line of a message, short enough for a list. */
function firstLine(message = '') {
  const line = message.trim().split('\n')[0] ?? ''
  return line.length > 300 ? `${line.slice(0, 300)} …` : line
}

/**
 * @param {string} report
 * @returns {{
 *   name: string,
 *   status: string,
 *   message?: string,
 *   assertionResults: { status: string, fullName: string, failureMessages?: string[] }[],
 * }[]} one entry per test file
 */
function readReport(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults
  } catch {
    return []
  }
}

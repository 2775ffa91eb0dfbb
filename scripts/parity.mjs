// `npm run parity`: runs the comparisons with Keras, PyTorch and central differences, and writes docs/parity.md.
//   npm run parity -- --last      writes it from what the last run of the tests left behind
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { say } from './lib/commands.mjs'
import { inRoot } from './lib/paths.mjs'
import { runVitest } from './lib/run-vitest.mjs'

const folder = inRoot('test-results/parity')
const tests = ['tests/parity', 'tests/unit/autodiff/gradients', 'tests/unit/layers/layer-gradients']

/**
 * One row per kind of thing, with its worst case: what stands before the first comma or bracket of a label names it.
 * @param {{ label: string, difference: number }[]} rows
 */
function worstOfEach(rows) {
  /** @type {Map<string, { cases: number, difference: number, label: string }>} */
  const worst = new Map()
  for (const { label, difference } of rows) {
    const [name = label] = label.split(/\s*[,{(]/)
    const known = worst.get(name)
    const cases = (known?.cases ?? 0) + 1
    worst.set(
      name,
      known && known.difference >= difference ? { ...known, cases } : { cases, difference, label },
    )
  }
  return [...worst].sort(([a], [b]) => a.localeCompare(b))
}

/** Comparisons that get columns in the table of another one, of the same kinds of things. */
const besides = new Map([
  ['ctc.json', 'ctc-ten-steps.json'],
  ['layers.json', 'layers-ten-steps.json'],
  ['losses.json', 'losses-ten-steps.json'],
])

/**
 * @param {string} file
 * @returns {{ title: string, rows: { label: string, difference: number }[] }}
 */
function comparisons(file) {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
}

/** @param {{ difference: number }[]} rows */
function sentence(rows) {
  const largest = Math.max(...rows.map(({ difference }) => difference))
  return `${rows.length} comparisons; the largest difference is ${largest.toExponential(1)}.`
}

/** @param {{ cases: number, difference: number } | undefined} worst */
function cells(worst) {
  return worst ? `${worst.cases} | ${worst.difference.toExponential(1)}` : '0 | '
}

/** @param {string} file */
function table(file) {
  const { title, rows } = comparisons(file)
  const beside = besides.get(file)
  const second = beside === undefined ? undefined : comparisons(beside)
  const others = new Map(worstOfEach(second?.rows ?? []))
  const lines = worstOfEach(rows).map(
    ([name, worst]) => `| ${name} | ${cells(worst)} |${second ? ` ${cells(others.get(name))} |` : ''}`,
  )
  const head = second
    ? ['| | cases | largest difference | cases trained | largest difference |', '|---|---:|---:|---:|---:|']
    : ['| | cases | largest difference |', '|---|---:|---:|']
  const texts = second ? [sentence(rows), '', `${second.title}: ${sentence(second.rows)}`] : [sentence(rows)]
  return [`## ${title}`, '', ...texts, '', ...head, ...lines, ''].join('\n')
}

const fromLast = process.argv.includes('--last')
if (!fromLast) rmSync(folder, { recursive: true, force: true })
const { failed } = fromLast ? { failed: 0 } : await runVitest(['node'], tests)
if (failed > 0) {
  say(`${failed} comparisons failed; docs/parity.md stays as it is.`)
  process.exitCode = 1
} else {
  const second = [...besides.values()]
  const files = readdirSync(folder).filter((file) => !second.includes(file))
  const tables = files.sort().map(table)
  const head = `# Parity

Written by \`npm run parity\` from the tests that CI runs. Differences are relative to the largest expected value where
that is above 1, and absolute below; all in float32 unless a title says otherwise. Where a kind has several cases, the worst
one counts.
`
  writeFileSync(inRoot('docs/parity.md'), [head, ...tables].join('\n'))
  say('docs/parity.md is up to date.')
}

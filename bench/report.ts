import type { AppResult } from './app-bench.ts'
import type { Timing } from './compile-bench.ts'
import { difference, type MemoryResult } from './memory-bench.ts'
import { digits3 } from './statistics.ts'
import type { ContenderResult, NetResult } from './train-bench.ts'

export interface BenchReport {
  readonly machine: string
  readonly node: string
  readonly rounds: number
  readonly loadBefore: number
  readonly nets: readonly NetResult[]
  readonly timings: readonly Timing[]
  readonly app?: AppResult
  readonly memory?: MemoryResult
}

/** Between these lines of docs/performance.md the bench writes; the rest is written by people. */
export const [beginMark, endMark] = ['<!-- bench: begin -->', '<!-- bench: end -->'] as const

/** Puts the measured tables into the page. Throws when the page has lost its marks. */
export function fillPage(page: string, report: BenchReport): string {
  const [begin, end] = [page.indexOf(beginMark), page.indexOf(endMark)]
  if (begin < 0 || end < begin)
    throw new Error('docs/performance.md has lost the marks between which the bench writes')
  return `${page.slice(0, begin)}${beginMark}\n\n${tables(report)}\n${page.slice(end)}`
}

function tables({
  machine,
  node,
  rounds,
  loadBefore,
  nets,
  timings,
  app,
  memory: taken,
}: BenchReport): string {
  const head = `${machine}; Node ${node}. ${rounds} alternating rounds; other work when it began: ${digits3(loadBefore)} processes per core.`
  return [
    head,
    ...nets.map(netTable),
    timingTable(timings),
    app ? appTable(app) : '',
    taken ? memoryTables(taken) : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

function netTable({ title, contenders }: NetResult): string {
  const [ours, ...peers] = contenders
  const note = ours?.note
  const rows = contenders.map(
    (result) =>
      `| ${result.name} | ${digits3(result.millisecondsPerStep)} | ${digits3(result.fastest)} – ${digits3(result.slowest)} | ${digits3(result.processorMilliseconds ?? Number.NaN)} | ${memory(result)} |`,
  )
  const fastest = Math.min(...peers.map((peer) => peer.millisecondsPerStep))
  const ratio =
    ours && peers.length > 0
      ? `\n\nLayerLoom takes **${digits3(ours.millisecondsPerStep / fastest)} ×** the time of the faster peer.`
      : ''
  return `### ${title}\n\n| | ms/step, median | range | processor ms/step | peak memory, MB |\n|---|---:|---:|---:|---:|\n${rows.join('\n')}${ratio}${note ? ` ${note}` : ''}`
}

function memory({ peakKilobytes }: ContenderResult): string {
  return peakKilobytes === null ? '–' : String(Math.round(peakKilobytes / 1024))
}

function timingTable(timings: readonly Timing[]): string {
  if (timings.length === 0) return ''
  const rows = timings.map(
    ({ what, milliseconds, limit }) => `| ${what} | ${digits3(milliseconds)} | ${limit ?? ''} |`,
  )
  return `### Between an edit and its answer\n\n| | ms, median | limit |\n|---|---:|---:|\n${rows.join('\n')}`
}

function appTable({ app, commandLine }: AppResult): string {
  const ratio = digits3(app / commandLine)
  return `### In the app and by the command line\n\nLeNet, batch 64, on the digits: ${digits3(app)} ms/step in the app, ${digits3(commandLine)} by the command line: **${ratio} ×**, limit 1.15.`
}

function memoryTables({ estimates, longRuns }: MemoryResult): string {
  const megabytes = (bytes: number) => String(Math.round(bytes / 1e6))
  const expected = estimates.map(
    (result) =>
      `| ${shortTitle(result.title)} | ${result.batchSize} | ${result.precision} | ${megabytes(result.estimatedBytes)} | ${megabytes(result.measuredBytes)} | ${difference(result)} |`,
  )
  const long = longRuns.map(
    ({ title, early, late }) =>
      `| ${shortTitle(title)} | ${megabytes(early.bytes)} (${early.step}) | ${megabytes(late.bytes)} (${late.step}) |`,
  )
  return `### Memory: expected and taken at most\n\n| | batch | precision | expected, MB | taken, MB | difference |\n|---|---:|---|---:|---:|---:|\n${expected.join('\n')}\n\n### Memory of a long run\n\n| | resident early, MB (step) | resident late, MB (step) |\n|---|---:|---:|\n${long.join('\n')}`
}

function shortTitle(title: string): string {
  return title.split(/[(,]/)[0]?.trim() ?? title
}

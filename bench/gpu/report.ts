import { digits3 } from '../statistics.ts'
import type { NetResult } from '../train-bench.ts'
import type { GpuCheck } from './check.ts'

export interface GpuReport {
  /** The GPU's name, as its driver tells it. */
  readonly device: string
  readonly machine: string
  readonly node: string
  readonly rounds: number
  readonly check: GpuCheck
  readonly nets: NetResult[]
}

const [begin, end] = ['<!-- gpu bench: begin -->', '<!-- gpu bench: end -->'] as const

/** Puts the figures of a GPU into the page. Throws when the page has lost its marks. */
export function fillGpuSection(page: string, report: GpuReport): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from)
    throw new Error('docs/performance.md has lost the marks between which the GPU bench writes')
  return `${page.slice(0, from)}${begin}\n\n${section(report)}\n\n${page.slice(to)}`
}

function section({ device, machine, node, rounds, check, nets }: GpuReport): string {
  return [
    `${device}; ${machine}; Node ${node}. ${rounds} alternating rounds.`,
    checkText(check),
    ...nets.map(netTable),
  ].join('\n\n')
}

function checkText({ compared, total, apart, largest, failed }: GpuCheck): string {
  const others = [
    ...apart.map(({ name, difference }) => `${name} ${difference.toExponential(1)}`),
    ...failed.map(({ name, error }) => `${name} failed (${error})`),
  ]
  const head = `Losses of ten training steps by WebGPU against the processor's: ${compared} of ${total} layer cases, ${compared - apart.length} of them within ${largest.toExponential(1)}.`
  return others.length === 0 ? head : `${head} Beyond 1e-4: ${others.join('; ')}.`
}

function netTable({ title, contenders }: NetResult): string {
  const rows = contenders.map(
    ({ name, millisecondsPerStep, fastest, slowest, loss }) =>
      `| ${name} | ${digits3(millisecondsPerStep)} | ${digits3(fastest)} – ${digits3(slowest)} | ${digits3(loss)} |`,
  )
  return `### ${title}\n\n| | ms/step, median | range | last training loss |\n|---|---:|---:|---:|\n${rows.join('\n')}`
}

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findPythonPeers } from '../scripts/lib/python-peers.mjs'
import type { AppResult } from './app-bench.ts'
import { runCompileBench } from './compile-bench.ts'
import { describeMachine, loadPerCore } from './machine.ts'
import { runMemoryBench } from './memory-bench.ts'
import { type BenchReport, fillPage } from './report.ts'
import { runTrainBench } from './train-bench.ts'

const usage = `npm run bench -- [--rounds N] [--only lenet,mlp,small,cifar,resnet,lstm,transformer,compile,app,memory] [--no-peers] [--no-write]

Trains the same networks on the same data with LayerLoom, PyTorch and Keras in alternating rounds, measures compile
times, training inside the app against the command line, and memory, prints the figures as JSON and writes them to docs/performance.md (a complete run only).`

/** What `--only` can name besides nets. */
const others = new Set(['compile', 'app', 'memory'])

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    'no-peers': { type: 'boolean', default: false },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(usage)
else await bench()

async function bench(): Promise<void> {
  const only = values.only.split(',').filter(Boolean)
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const python = values['no-peers'] ? undefined : process.env.LAYERLOOM_PYTHON || findPythonPeers()
  const rounds = Number(values.rounds)
  if (!python && !values['no-peers'])
    say('The Python peers are not installed (npm run setup); measuring alone.')
  const loadBefore = loadPerCore()
  const wantsNets = only.length === 0 || only.some((name) => !others.has(name))
  const nets = wantsNets ? await runTrainBench({ rounds, only, python, say }) : []
  const timings = only.length === 0 || only.includes('compile') ? await runCompileBench() : []
  const app = only.length === 0 || only.includes('app') ? await appBench(Math.min(rounds, 3)) : undefined
  const memory = only.length === 0 || only.includes('memory') ? await runMemoryBench(say) : undefined
  const report: BenchReport = {
    machine: describeMachine(),
    node: process.versions.node,
    rounds,
    loadBefore,
    nets,
    timings,
    ...(app && { app }),
    ...(memory && { memory }),
  }
  console.log(JSON.stringify(report, null, 2))
  if (only.length > 0 || !python || values['no-write']) return
  const page = fileURLToPath(new URL('../docs/performance.md', import.meta.url))
  writeFileSync(page, fillPage(readFileSync(page, 'utf8'), report))
  say('docs/performance.md is up to date.')
}

/** The app's bench brings Playwright along, which other rows do without. */
async function appBench(rounds: number): Promise<AppResult> {
  const { runAppBench } = await import('./app-bench.ts')
  return runAppBench(rounds)
}

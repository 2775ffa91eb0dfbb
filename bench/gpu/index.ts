import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { nvidiaDevice } from '../../src-main/engine/process/graphics-device.ts'
import { describeMachine } from '../machine.ts'
import { checkOnGpu } from './check.ts'
import { fillGpuSection, type GpuReport } from './report.ts'
import { trainOnGpu } from './train.ts'

const usage = `npm run bench:gpu -- [--rounds N] [--only lenet,mlp,small,cifar,resnet,lstm,transformer] [--check-seconds N] [--out FILE]
npm run bench:gpu -- --record FILE

On a machine with a GPU: compares ten training steps of every family of layers with the CPU's, then trains the bench's
networks by WebGPU in float32 and float16 beside PyTorch with CUDA, and writes the figures to FILE as JSON. LAYERLOOM_PYTHON
names a Python with PyTorch. With --record, anywhere: puts such a file into docs/performance.md.`

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    'check-seconds': { type: 'string', default: '120' },
    out: { type: 'string', default: 'gpu-bench.json' },
    record: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(usage)
else if (values.record) record(values.record)
else await bench()

async function bench(): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const device = await nvidiaDevice()
  const rounds = Number(values.rounds)
  const report: GpuReport = {
    device,
    machine: describeMachine(),
    node: process.versions.node,
    rounds,
    check: await checkOnGpu(Number(values['check-seconds']), say),
    nets: [],
  }
  // After every network: a lent machine may go before the end.
  const keep = () => writeFileSync(values.out, JSON.stringify(report, null, 2))
  keep()
  const only = values.only.split(',').filter(Boolean)
  for await (const net of trainOnGpu({ rounds, only, python: process.env.LAYERLOOM_PYTHON, say })) {
    report.nets.push(net)
    keep()
  }
}

function record(file: string): void {
  const page = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))
  const report: GpuReport = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(page, fillGpuSection(readFileSync(page, 'utf8'), report))
}

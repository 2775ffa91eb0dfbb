import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { setup } from '../../tests/e2e/support/global-setup.mjs'
import { describeMachine, loadPerCore } from '../machine.ts'
import { measureBare, measureDesigner } from './canvas-bench.ts'
import { fillCanvasSection } from './canvas-report.ts'

const usage = `npm run bench:canvas -- [--layers 100,300,1000,3000] [--no-write]

Opens generated drawings in the designer and in a page with React Flow's plain nodes, each in Electron, makes the same
gestures on both, reads from Chromium's traces how long scripts worked in each frame, prints the figures as JSON and
writes them to docs/performance.md.`

const { values } = parseArgs({
  options: {
    layers: { type: 'string', default: '100,300,1000,3000' },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(usage)
else await bench()

async function bench(): Promise<void> {
  const counts = values.layers.split(',').map(Number)
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const load = loadPerCore()
  const stop = await setup()
  try {
    const designer = []
    const bare = []
    for (const count of counts) {
      bare.push(...(await measureBare([count], say)))
      designer.push(...(await measureDesigner([count], say)))
    }
    const report = { machine: describeMachine(), load, designer, bare }
    console.log(JSON.stringify(report, null, 2))
    if (values['no-write']) return
    const page = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))
    writeFileSync(page, fillCanvasSection(readFileSync(page, 'utf8'), report))
    say('docs/performance.md is up to date.')
  } finally {
    stop()
  }
}

import { parseArgs } from 'node:util'
import { findPythonPeers } from '../scripts/lib/python-peers.mjs'
import { runTrainBench } from './train-bench.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    'no-peers': { type: 'boolean', default: false },
  },
})
const only = values.only.split(',').filter(Boolean)
const say = (line: string) => process.stderr.write(`${line}\n`)
const python = values['no-peers'] ? undefined : process.env.LAYERLOOM_PYTHON || findPythonPeers()
const nets = await runTrainBench({ rounds: Number(values.rounds), only, python, say })
console.log(JSON.stringify(nets, null, 2))

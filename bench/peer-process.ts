import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { ModelPlan } from '../src-core/compile/model-plan.ts'
import type { Contender, Trial } from './contender.ts'
import type { BenchNet } from './nets.ts'

const trialSchema = z.object({
  millisecondsPerStep: z.number(),
  processorMilliseconds: z.number(),
  loss: z.number(),
  peakKilobytes: z.number().nullable(),
})

export interface PeerFiles {
  readonly features: string
  readonly labels: string
}

/** On what a peer computes. Only PyTorch's side knows GPUs and `mixed16`. */
export interface PeerManner {
  readonly device: 'cpu' | 'cuda'
  readonly precision: 'float32' | 'mixed16'
}

/** Starts a Python peer (a script of bench/peers) on a network and waits until it is warm. */
export async function startPeer(
  python: string,
  script: string,
  net: BenchNet,
  plan: ModelPlan,
  files: PeerFiles,
  manner: PeerManner = { device: 'cpu', precision: 'float32' },
): Promise<Contender> {
  const file = fileURLToPath(new URL(`peers/${script}`, import.meta.url))
  const child = spawn(python, [file], {
    cwd: path.dirname(file),
    env: {
      ...process.env,
      TF_CPP_MIN_LOG_LEVEL: '3',
      ...(manner.device === 'cpu' && { CUDA_VISIBLE_DEVICES: '' }),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => {
    const line = await lines.next()
    if (line.done) throw new Error(`${script} ended:\n${errors.slice(-2000)}`)
    return JSON.parse(line.value)
  }
  const { layers } = plan
  const job = { ...files, ...manner, layers, sampleShape: net.sampleShape, batchSize: net.batchSize }
  child.stdin.write(`${JSON.stringify(job)}\n`)
  const { ready } = z.object({ ready: z.string() }).parse(await next())
  // Idle threads of TensorFlow and PyTorch spin: a peer that is not at work is stopped, or it slows the others.
  child.kill('SIGSTOP')
  return {
    name: ready,
    async round(): Promise<Trial[]> {
      child.kill('SIGCONT')
      child.stdin.write('round\n')
      const trial = trialSchema.parse(await next())
      child.kill('SIGSTOP')
      return [trial]
    },
    async close() {
      child.kill('SIGCONT')
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

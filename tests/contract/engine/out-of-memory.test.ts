import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chain, threeClasses, trainingPlace } from './support/training-place.ts'

/** Enough for Node and its libraries, which take two and a half gigabytes of addresses, and for small batches. */
const addressSpace = 3.2 * 2 ** 30
const canLimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0

/** 240 kB of activations for every sample: 4,000 of them take 960 MB several times over. */
function wide(training: Readonly<Record<string, unknown>>) {
  return chain(
    'classes',
    [4],
    [
      ['dense', { units: 60_000, activation: 'tanh' }],
      ['dense', { units: 3 }],
    ],
    { epochs: 1, optimizer: { kind: 'sgd' }, ...training },
  )
}

describe.skipIf(process.platform !== 'linux')('a batch for which there is no memory', () => {
  it('is refused before the first step by a sentence with a smaller batch size, and who follows it gets there', async () => {
    const place = trainingPlace([threeClasses(5000)], { addressSpace })
    const { detail, events } = await place.train(wide({ batchSize: 4000 }))
    expect(events.at(-1)?.type).toBe('failed')
    expect(detail.run).toMatchObject({ status: 'failed', problem: { code: 'run.outOfMemory' } })
    const { problem } = detail.run
    expect(problem?.message).toMatch(
      /^Memory ran out before the first step \(\d+ MB more could not be had\)\. The run needs about [\d.]+ GB at batch size 4,000; [\d.]+ [MG]B are free\.$/,
    )
    const batchSize = problem?.batchSize ?? 0
    expect(problem?.hint).toBe(`A batch size of ${batchSize.toLocaleString('en')} would fit.`)
    expect(problem?.fix?.edits).toEqual([
      { type: 'setTraining', training: { ...wide({ batchSize: 4000 }).training, batchSize } },
    ])
    // The process may take less than the machine has free, so the advice halves what has failed.
    const tried = [4000]
    let run = detail.run
    while (run.status !== 'finished' && tried.length < 7) {
      const next = run.problem?.batchSize ?? 0
      expect(next).toBeGreaterThan(0)
      expect(next).toBeLessThanOrEqual((tried.at(-1) ?? 0) / 2)
      tried.push(next)
      run = (await place.train(wide({ batchSize: next }))).detail.run
      expect(run.problem?.code ?? 'run.outOfMemory').toBe('run.outOfMemory')
    }
    expect(run).toMatchObject({ status: 'finished', problem: null })
  })
})

describe.skipIf(!canLimit)('memory that runs out in mid-run', () => {
  it('pauses the run, which goes on from its checkpoint with a smaller batch', async () => {
    const place = trainingPlace([threeClasses(5000)])
    let isLimited = false
    const paused = await place.train(wide({ batchSize: 256, epochs: 1000 }), (event) => {
      const pid = place.processes.at(-1)?.pid
      if (isLimited || event.type !== 'checkpoint' || pid === undefined) return
      isLimited = true
      // Not even what it has: the next piece of memory that it asks for is refused.
      const now = Number(/VmSize:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
      execFileSync('prlimit', ['--pid', String(pid), `--as=${1024 * Math.floor(now / 2)}`])
    })
    expect(paused.events.at(-1)?.type).toBe('paused')
    const { run } = paused.detail
    expect(run).toMatchObject({ status: 'paused', problem: { code: 'run.outOfMemory' } })
    expect(run.problem?.message).toMatch(/^Memory ran out /)
    expect(run.problem?.hint).toBe('A batch size of 128 would fit.')
    expect(run.problem?.batchSize).toBe(128)
    const listed = place.application.runs.list().find(({ id }) => id === paused.runId)
    expect(listed?.status).toBe('paused')
    const resumed = await place.resume(paused.runId, { batchSize: 128 }, (event, runId) => {
      if (event.type === 'step') void place.application.runs.stop(runId)
    })
    expect(resumed.detail.run).toMatchObject({ status: 'stopped', problem: null })
    expect(resumed.detail.run.epochsDone).toBeGreaterThanOrEqual(1)
    expect(resumed.detail.settings.batchSize).toBe(128)
  })
})

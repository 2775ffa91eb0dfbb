import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { nodeLauncher } from '../../../src-main/engine/node-launcher.ts'
import type { EngineReply } from '../../../src-main/engine/protocol.ts'
import { EngineSupervisor } from '../../../src-main/engine/supervisor.ts'
import { classifier } from './support/training-place.ts'

const entry = fileURLToPath(new URL('support/odd-engine.mjs', import.meta.url))
const job = { type: 'probe', engine: 'onnx/cpu' } as const

function odd(behaviour: string, stopTimeout = 10_000): EngineSupervisor {
  const launch = nodeLauncher({ entry, environment: { ODD_ENGINE: behaviour } })
  return new EngineSupervisor({ launch, stopTimeout })
}

const ignore = () => undefined

describe('the supervisor', () => {
  it('tells the exit code of a process that ends by itself', async () => {
    const error = await odd('exit').start(job, ignore).ended
    expect(error).toMatchObject({
      name: 'EngineProcessError',
      exitCode: 3,
      signal: null,
      message: 'The engine process ended unexpectedly (exit code 3)',
    })
  })

  it('keeps what the process said on its error stream', async () => {
    const error = await odd('complain').start(job, ignore).ended
    expect(error?.errorOutput).toContain('the reason')
  })

  it('ends a process that says what is not in the protocol', async () => {
    const error = await odd('babble').start(job, ignore).ended
    expect(error?.message).toContain('is not understood')
    expect(error?.signal).toBe('SIGKILL')
  })

  it('ends a process that does not stop in time', async () => {
    const { promise, resolve } = Promise.withResolvers<EngineReply>()
    const task = odd('deaf', 1).start(job, resolve)
    await promise
    task.stop()
    expect((await task.ended)?.message).toContain('did not stop within')
  })

  it('ends the process when what it says cannot be handled', async () => {
    const task = odd('deaf').start(job, () => {
      throw new Error('no room')
    })
    expect((await task.ended)?.message).toContain('could not be handled: Error: no room')
  })

  it('tells of a process that cannot even be started', async () => {
    const launch = nodeLauncher({ entry: '/nowhere/engine.mjs' })
    const error = await new EngineSupervisor({ launch }).start(job, ignore).ended
    expect(error?.exitCode).toBe(1)
    expect(error?.errorOutput).toContain('Cannot find module')
  })

  it('answers a question whose process dies with a problem', async () => {
    const weights = new Uint8Array()
    const document = classifier()
    const answer = await odd('exit').predict({ type: 'predict', document, weights, inputs: {}, rows: 1 })
    expect(answer).toMatchObject({ ok: false, problems: [{ code: 'run.engineDied' }] })
  })

  it('leaves no process behind', async () => {
    const supervisor = odd('deaf')
    const task = supervisor.start(job, ignore)
    await supervisor.dispose()
    expect(await task.ended).toMatchObject({ signal: 'SIGKILL' })
  })
})

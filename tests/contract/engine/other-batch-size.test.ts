import { describe, expect, it } from 'vitest'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'
import { chain, datasetInfo, threeClasses, trainingPlace } from './support/training-place.ts'

/** 4,000 of 5,000 rows are trained on. */
const manyRows = threeClasses(5000)
const trainingRows = 4000

/** Large enough that a run can be stopped before the epoch is over in which that was asked for. */
function classifier(training: Readonly<Record<string, unknown>>): ModelDocument {
  const lines: Parameters<typeof chain>[2] = [
    ['dense', { units: 384, activation: 'relu' }],
    ['dense', { units: 384, activation: 'relu' }],
    ['dropout', { rate: 0.2 }],
    ['dense', { units: 3 }],
  ]
  return chain('classes', [4], lines, training)
}

function lastCheckpoint(file: string, runId: number): Uint8Array {
  const workspace = openWorkspace(file)
  const bytes = workspace.checkpoints.last(runId)?.bytes ?? new Uint8Array()
  workspace.close()
  return bytes
}

function position(file: string, runId: number) {
  const read = readCheckpoint(lastCheckpoint(file, runId))
  if (!read.ok) throw new Error(read.problems[0]?.message)
  return read.value.position
}

describe('going on with another batch size', () => {
  it('takes up the sample that was reached, trains on every row once an epoch, and counts on', async () => {
    const place = trainingPlace([manyRows])
    const stopped = await place.train(classifier({ epochs: 3, batchSize: 16 }), (event, runId) => {
      if (event.type === 'step' && event.epoch === 2) void place.application.runs.stop(runId)
    })
    const reached = position(place.file, stopped.runId)
    expect(reached.epochSamples).toBe(16 * (reached.step - 250))
    const resumed = await place.resume(stopped.runId, { batchSize: 6 })
    expect(resumed.detail.run).toMatchObject({ status: 'finished', epochsDone: 3 })
    expect(resumed.detail.settings.batchSize).toBe(6)
    const rest = Math.ceil((trainingRows - (reached.epochSamples ?? 0)) / 6)
    const perEpoch = Math.ceil(trainingRows / 6)
    expect(resumed.losses.length).toBe(rest + perEpoch)
    expect(resumed.events.find(({ type }) => type === 'started')).toMatchObject({
      stepsPerEpoch: perEpoch,
      totalSteps: reached.step + rest + perEpoch,
    })
    expect(resumed.detail.epochs.map(({ step }) => step)).toEqual([
      250,
      reached.step + rest,
      reached.step + rest + perEpoch,
    ])
    // The mean over the epoch is that of all its samples, of both batch sizes.
    const samples = [
      ...stopped.losses.slice(250).map((loss) => [loss, 16] as const),
      ...resumed.losses.slice(0, rest - 1).map((loss) => [loss, 6] as const),
    ]
    const counted = samples.reduce((sum, [, size]) => sum + size, 0)
    const last = (resumed.losses[rest - 1] ?? 0) * (trainingRows - counted)
    const mean = samples.reduce((sum, [loss, size]) => sum + loss * size, last) / trainingRows
    expect(Math.abs((resumed.detail.epochs[1]?.train.loss ?? 0) / mean - 1)).toBeLessThan(1e-5)
    expect(resumed.detail.steps.map(({ step }) => step)).toEqual(
      Array.from({ length: reached.step + rest + perEpoch }, (_, index) => index + 1),
    )
  })

  it('gives, interrupted once more, the curve of going on without interruption', async () => {
    const place = trainingPlace([manyRows])
    const document = classifier({ epochs: 4, batchSize: 8, schedule: { kind: 'cosine' } })
    const first = await place.train(document, (event, runId) => {
      if (event.type === 'step' && event.epoch === 2) void place.application.runs.stop(runId)
    })
    const settings = { ...document.training, batchSize: 3 }
    const goOn = async (resumeFrom: Uint8Array, batchSizeBefore: number, stopIn?: number) => {
      const losses: number[] = []
      const rates: (number | undefined)[] = []
      let checkpoint = new Uint8Array()
      const job = {
        type: 'train' as const,
        document,
        settings,
        dataset: {
          workspaceFile: place.file,
          datasetId: datasetInfo(place, 'classes').id,
          binding: { name: 'classes', inputs: {}, targets: {} },
        },
        engines: [],
        documentHash: '',
        resumeFrom,
        batchSizeBefore,
      }
      const task = place.application.engines.start(job, (reply) => {
        if (reply.type !== 'event') throw new Error(JSON.stringify(reply))
        const { event } = reply
        if (event.type === 'step') losses.push(...event.losses)
        if (event.type === 'step' && event.epoch === stopIn) task.stop()
        if (event.type === 'epoch') rates.push(event.train.learningRate)
        if (event.type === 'checkpoint') checkpoint = Uint8Array.from(event.bytes ?? [])
      })
      expect(await task.ended).toBeUndefined()
      return { losses, rates, checkpoint }
    }
    const start = lastCheckpoint(place.file, first.runId)
    const whole = await goOn(start, 8)
    const part = await goOn(start, 8, 3)
    const rest = await goOn(part.checkpoint, 3)
    expect(part.losses.length).toBeLessThan(whole.losses.length)
    expect([...part.losses, ...rest.losses]).toEqual(whole.losses)
    expect([...part.rates, ...rest.rates]).toEqual(whole.rates)
    // The schedule has come to its end with the last step, whatever batches it went through.
    expect(whole.rates.at(-1)).toBeLessThan(1e-8)
    expect(whole.rates[0]).toBeGreaterThan(4e-4)
  })
})

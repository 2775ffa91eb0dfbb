import { afterAll, describe, expect, it } from 'vitest'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { failure, problem } from '../../../src-core/problems.ts'
import { openApplication } from '../../../src-main/services/application.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'
import { smallDisk } from '../../support/small-disk.ts'
import { classifier, datasetInfo, threeClasses, trainingPlace } from './support/training-place.ts'

/** Long enough to be interrupted in the middle of an epoch: 1,000 steps each. */
const longDocument = classifier({ epochs: 4, batchSize: 4 })
const manyRows = threeClasses(5000)

describe('stopping and going on', () => {
  it('gives the curve, the metrics and the weights of a run that was never stopped', async () => {
    const place = trainingPlace([manyRows])
    const whole = await place.train(longDocument)
    const stopped = await place.train(longDocument, (event, runId) => {
      if (event.type === 'step' && event.epoch === 2) void place.application.runs.stop(runId)
    })
    expect(stopped.detail.run.status).toBe('stopped')
    expect(stopped.losses.length).toBeLessThan(whole.losses.length)
    const resumed = await place.resume(stopped.runId)
    expect(resumed.detail.run.status).toBe('finished')
    expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses)
    const metrics = ({ detail }: typeof whole) =>
      detail.epochs.map(({ train, validation }) => [train, validation])
    expect(metrics(resumed)).toEqual(metrics(whole))
    expect(resumed.detail.run.test).toEqual(whole.detail.run.test)
  })

  it.each<[what: string, training: Readonly<Record<string, unknown>>]>([
    [
      'gradients that are being accumulated, and slots that do not start at zero',
      {
        optimizer: { kind: 'ftrl', learningRate: 0.5 },
        gradientAccumulationSteps: 7,
        clipping: { kind: 'globalNorm', limit: 0.5 },
      },
    ],
    [
      'the average of the weights beside the weights',
      { weightAverage: { momentum: 0.9 }, gradientAccumulationSteps: 3, excludeFromWeightDecay: true },
    ],
  ])('keeps %s', async (_what, training) => {
    const place = trainingPlace([manyRows])
    const document = classifier({ epochs: 3, batchSize: 4, ...training })
    const whole = await place.train(document)
    expect(whole.losses.at(-1)).toBeLessThan(whole.losses[0] ?? 0)
    const stopped = await place.train(document, (event, runId) => {
      if (event.type === 'step' && event.epoch === 2) void place.application.runs.stop(runId)
    })
    expect(stopped.losses.length).toBeLessThan(whole.losses.length)
    const resumed = await place.resume(stopped.runId)
    expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses)
    expect(resumed.detail.epochs.at(-1)?.validation).toEqual(whole.detail.epochs.at(-1)?.validation)
    expect(resumed.detail.run.test).toEqual(whole.detail.run.test)
  })

  it('stores every step once when a run goes on', async () => {
    const place = trainingPlace([manyRows])
    const document = classifier({ epochs: 2, batchSize: 8 })
    const stopped = await place.train(document, (event, runId) => {
      if (event.type === 'step') void place.application.runs.stop(runId)
    })
    const { detail } = await place.resume(stopped.runId)
    expect(detail.steps.map(({ step }) => step)).toEqual(
      Array.from({ length: 1000 }, (_, index) => index + 1),
    )
  })

  it('stops a run before it has begun', async () => {
    const place = trainingPlace([threeClasses(100)])
    const { runs } = place.application
    const started = await runs.start({ projectId: null, document: classifier({ engine: 'auto' }) })
    if (!started.ok) throw new Error('not started')
    await runs.stop(started.value.runId)
    await runs.whenIdle()
    expect(runs.get(started.value.runId)).toMatchObject({ value: { run: { status: 'stopped' } } })
  })

  it('refuses to resume what is finished', async () => {
    const place = trainingPlace([threeClasses(100)])
    const { runId } = await place.train(classifier({ epochs: 1 }))
    expect(await place.application.runs.resume(runId)).toMatchObject({
      ok: false,
      problems: [{ code: 'run.config', message: expect.stringContaining('nothing left to resume') }],
    })
  })
})

describe('a split whose parts are no parts of one whole', () => {
  it('is refused with one sentence, and no run is entered', async () => {
    const place = trainingPlace([threeClasses(100)])
    const document = classifier({ epochs: 1 })
    const start = (split: ModelDocument['training']['split']) =>
      place.application.runs.start({
        projectId: null,
        document: { ...document, training: { ...document.training, split } },
      })
    const refused = await start({ train: 0.8, validation: 0.3, test: 0.1, stratify: true })
    expect(refused).toMatchObject({
      ok: false,
      problems: [{ code: 'run.config', message: expect.stringContaining('30 % to validation') }],
    })
    if (!refused.ok) expect(refused.problems).toHaveLength(1)
    expect(place.application.runs.list()).toEqual([])
    expect(place.processes).toEqual([])
  })
})

describe('a model whose layers are all frozen', () => {
  it('is not trained, and the person is told', async () => {
    const place = trainingPlace([threeClasses(100)])
    const document = classifier({ epochs: 1 })
    const layers = document.layers.map((layer) => ({ ...layer, trainable: false }))
    const refused = await place.application.runs.start({ projectId: null, document: { ...document, layers } })
    expect(refused).toMatchObject({
      ok: false,
      problems: [
        {
          code: 'run.config',
          message: 'Every layer that has weights is frozen, so there is nothing to train.',
        },
      ],
    })
    const [first, ...others] = layers
    if (!first) throw new Error('no layers')
    const thawed = { ...document, layers: [first, ...others.slice(0, -2), ...document.layers.slice(-2)] }
    const { detail } = await place.train(thawed)
    expect(detail.run.status).toBe('finished')
  })
})

describe('an engine process that is killed in mid-epoch', () => {
  it('pauses the run with a clear sentence, keeps the last checkpoint, and the run goes on exactly', async () => {
    const place = trainingPlace([manyRows])
    // More epochs than a machine under load can train before the signal arrives.
    const document = classifier({ epochs: 12, batchSize: 4 })
    const whole = await place.train(document)
    const killed = await place.train(document, (event) => {
      const pid = place.processes.at(-1)?.pid
      if (event.type === 'step' && event.epoch === 3 && pid !== undefined) process.kill(pid, 'SIGKILL')
    })
    expect(killed.events.at(-1)?.type).toBe('paused')
    expect(killed.detail.run).toMatchObject({
      status: 'paused',
      problem: {
        code: 'run.engineDied',
        message: 'The engine process ended unexpectedly (signal SIGKILL). What was stored before is kept.',
      },
    })
    expect(killed.detail.hasWeights).toBe(true)
    const kept = killed.detail.epochs.length
    expect(kept).toBeGreaterThanOrEqual(2)
    expect(kept).toBeLessThan(12)
    const resumed = await place.resume(killed.runId)
    expect(resumed.detail.run).toMatchObject({ status: 'finished', problem: null })
    // Every epoch whose metrics are stored has its checkpoint.
    expect(resumed.losses).toEqual(whole.losses.slice(1000 * kept))
    expect(resumed.detail.run.test).toEqual(whole.detail.run.test)
  })

  it('does not keep the next run from working', async () => {
    const place = trainingPlace([threeClasses(300)])
    await place.train(classifier({ epochs: 1000 }), (event) => {
      const pid = place.processes.at(-1)?.pid
      if (event.type === 'started' && pid !== undefined) process.kill(pid, 'SIGKILL')
    })
    const next = await place.train(classifier())
    expect(next.detail.run.status).toBe('finished')
  })
})

describe('one run at a time', () => {
  it('refuses a second one while the first is in progress', async () => {
    const place = trainingPlace([manyRows])
    const { runs } = place.application
    const started = await runs.start({ projectId: null, document: longDocument })
    if (!started.ok) throw new Error('not started')
    const second = await runs.start({ projectId: null, document: longDocument })
    expect(second).toMatchObject(failure(expect.objectContaining({ code: 'run.busy' })))
    expect(runs.remove(started.value.runId)).toMatchObject({ ok: false, problems: [{ code: 'run.busy' }] })
    await runs.stop(started.value.runId)
    await runs.whenIdle()
    expect(runs.active()).toEqual([])
  })
})

describe('a workspace whose app was killed in the middle of a run', () => {
  it('shows the run as failed, and says that it can be resumed', async () => {
    const place = trainingPlace([threeClasses(300)])
    const { runId } = await place.train(classifier({ epochs: 1 }))
    const workspace = openWorkspace(place.file)
    workspace.runs.markResumed(runId)
    workspace.close()
    const reopened = openApplication({
      workspaceFile: place.file,
      resourcesFolder: '',
      launch: () => {
        throw new Error('nothing is started')
      },
      version: '0.0.0',
    })
    const [run] = reopened.runs.list()
    await reopened.close()
    expect(run).toMatchObject({
      id: runId,
      status: 'failed',
      problem: { code: 'run.engineDied', hint: 'Resume it to go on from its last checkpoint.' },
    })
  })
})

const disk = smallDisk(3000)
afterAll(() => disk?.remove())

describe('a disk that is full when a checkpoint is to be stored', () => {
  it.skipIf(!disk)('ends the run with a clear sentence and loses nothing that was stored', async () => {
    if (!disk) return
    const place = trainingPlace([threeClasses(600)], { folder: disk.folder })
    const first = await place.train(classifier({ epochs: 1 }))
    const full = await place.train(classifier({ epochs: 500 }), (event) => {
      if (event.type === 'checkpoint' && event.epoch === 2) disk.fill()
    })
    expect(full.detail.run).toMatchObject({ status: 'failed', problem: { code: 'workspace.diskFull' } })
    expect(full.detail.run.problem?.message).toContain('Training was ended')
    expect(full.detail.hasWeights).toBe(true)
    expect(full.detail.epochs.length).toBeGreaterThanOrEqual(2)
    const earlier = place.application.runs.get(first.runId)
    expect(earlier).toMatchObject({ ok: true, value: { run: first.detail.run } })
  })
})

describe('what a run has learned', () => {
  it('is measured again with the very same numbers', async () => {
    const place = trainingPlace([threeClasses(600)])
    const { runId, detail } = await place.train(classifier())
    const evaluated = await place.application.evaluations.evaluatePart(runId, 'test')
    expect(evaluated).toMatchObject({ ok: true, value: { samples: 60, metrics: detail.run.test } })
  })

  it('is the average of the weights, where that was wanted', async () => {
    const place = trainingPlace([threeClasses(600)])
    const plain = await place.train(classifier())
    const { runId, detail, losses } = await place.train(classifier({ weightAverage: { momentum: 0.99 } }))
    // The training is the same; what is measured is not.
    expect(losses).toEqual(plain.losses)
    expect(detail.run.test?.loss).not.toEqual(plain.detail.run.test?.loss)
    const evaluated = await place.application.evaluations.evaluatePart(runId, 'test')
    expect(evaluated).toMatchObject({ ok: true, value: { metrics: detail.run.test } })
  })

  it('predicts raw values', async () => {
    const place = trainingPlace([threeClasses(600)])
    const { runId } = await place.train(classifier({ epochs: 10 }))
    const predicted = await place.application.predictions.predictDataset(runId, 'classes', 0, 5)
    if (!predicted.ok) throw new Error(predicted.problems[0]?.message)
    expect(predicted.value.length).toBe(5)
  })

  it('says when the input has another number of values', async () => {
    const place = trainingPlace([threeClasses(300)])
    const document = classifier({ epochs: 1 })
    const { runId } = await place.train(document)
    const workspace = openWorkspace(place.file)
    const weights = workspace.checkpoints.last(runId)?.bytes ?? new Uint8Array()
    workspace.close()
    const inputs = { layer0: new Float32Array(7) }
    const refused = await place.application.engines.predict({
      type: 'predict',
      document,
      weights,
      inputs,
      rows: 2,
    })
    expect(refused).toEqual(
      failure(
        problem('predict.input', 'input_0 takes 4 values per row, 8 for 2 rows; it got 7.', {
          layerId: 'layer0',
        }),
      ),
    )
  })

  it('cannot be read from damaged weights', async () => {
    const place = trainingPlace([threeClasses(300)])
    const refused = await place.application.engines.predict({
      type: 'predict',
      document: classifier(),
      weights: new Uint8Array(100),
      inputs: {},
      rows: 1,
    })
    expect(refused).toMatchObject({ ok: false, problems: [{ code: 'file.unreadable' }] })
  })
})

describe('data that does not fit in memory', () => {
  it('is trained on in windows, the same for the same seed, and measured like all data', async () => {
    const place = trainingPlace([threeClasses(5000)])
    const document = classifier({ epochs: 2 })
    const curve = async (memoryBudget: number) => {
      const losses: number[] = []
      let test: unknown
      const task = place.application.engines.start(
        {
          type: 'train',
          document,
          settings: document.training,
          dataset: {
            workspaceFile: place.file,
            datasetId: datasetInfo(place, 'classes').id,
            binding: { name: 'classes', inputs: {}, targets: {} },
            memoryBudget,
          },
          engines: [],
          documentHash: '',
        },
        (reply) => {
          if (reply.type !== 'event') throw new Error(JSON.stringify(reply))
          if (reply.event.type === 'step') losses.push(...reply.event.losses)
          if (reply.event.type === 'finished') test = reply.event.test
        },
      )
      expect(await task.ended).toBeUndefined()
      return { losses, test }
    }
    const small = await curve(40_000)
    expect(small.losses.length).toBe(500)
    expect(await curve(40_000)).toEqual(small)
    expect((await curve(1e9)).losses).not.toEqual(small.losses)
  })
})

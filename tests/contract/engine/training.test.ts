import { describe, expect, it } from 'vitest'
import { readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'
import { chain, classifier, line, threeClasses, trainingPlace } from './support/training-place.ts'

describe('a training in a process of its own', () => {
  it('tells everything in order, from started to finished', async () => {
    const { events, detail } = await trainingPlace([threeClasses(600)]).train(classifier({ epochs: 2 }))
    const kinds = events.map(({ type }) => type).filter((type) => type !== 'step' && type !== 'log')
    expect(kinds).toEqual(['started', 'epoch', 'checkpoint', 'epoch', 'checkpoint', 'finished'])
    expect(detail.run).toMatchObject({ status: 'finished', epochsDone: 2, engine: 'onnx/cpu', problem: null })
    expect(detail.run.device).not.toBe('')
    expect(detail.reason).toMatch(/CPU with \d+ threads? [\d.]+ ms per step \(used\)/)
    expect(detail.run.test?.loss).toBeGreaterThan(0)
  })

  it('reports the loss of every step exactly once', async () => {
    const { events, losses, detail } = await trainingPlace([threeClasses(600)]).train(classifier())
    expect(losses.length).toBe(3 * 30)
    let step = 0
    for (const event of events) {
      if (event.type !== 'step') continue
      step += event.losses.length
      expect(event.step).toBe(step)
    }
    expect(detail.steps.map((point) => point.step)).toEqual(losses.map((_, index) => index + 1))
  })

  it('learns', async () => {
    const { detail } = await trainingPlace([threeClasses(600)]).train(classifier({ epochs: 10 }))
    expect(detail.run.test?.accuracy).toBeGreaterThan(0.9)
    expect(detail.epochs.at(-1)?.train.loss).toBeLessThan(detail.epochs[0]?.train.loss ?? 0)
    expect(detail.epochs.at(-1)?.validation?.accuracy).toBeGreaterThan(0.9)
  })

  it('gives the identical curve and weights for the same seed, another for another seed', async () => {
    const place = trainingPlace([threeClasses(500)])
    const once = await place.train(classifier())
    const again = await place.train(classifier())
    const other = await place.train(classifier({ seed: 43 }))
    expect(again.losses).toEqual(once.losses)
    expect(again.detail.run.test).toEqual(once.detail.run.test)
    expect(other.losses).not.toEqual(once.losses)
  })

  it('keeps weights, optimizer slots, position and normalisation in the checkpoint', async () => {
    const place = trainingPlace([threeClasses(300)])
    const { runId, detail } = await place.train(classifier({ epochs: 2 }))
    const workspace = openWorkspace(place.file)
    const stored = workspace.checkpoints.last(runId)
    workspace.close()
    const checkpoint = readCheckpoint(stored?.bytes ?? new Uint8Array())
    if (!checkpoint.ok) throw new Error(checkpoint.problems[0]?.message)
    const { position, tensors, preparation, documentHash } = checkpoint.value
    expect(position).toMatchObject({ epoch: 2, step: 2 * 15, engine: 'onnx/cpu' })
    expect(tensors.get('dense_1.kernel')?.shape).toEqual([4, 12])
    expect([...tensors.keys()].filter((name) => name.startsWith('optimizer/')).length).toBe(2 * 4)
    expect(preparation.get('layer0')?.offset).toHaveLength(4)
    expect(documentHash).toBe(detail.run.documentHash)
  })

  it('trains a last short batch, and a batch larger than the data', async () => {
    const place = trainingPlace([threeClasses(100)])
    const short = await place.train(classifier({ epochs: 2, batchSize: 48 }))
    expect(short.losses.length).toBe(4)
    const whole = await place.train(classifier({ epochs: 2, batchSize: 1000 }))
    expect(whole.losses.length).toBe(2)
  })

  it('trains without validation and test parts', async () => {
    const split = { train: 1, validation: 0, test: 0 }
    const { detail } = await trainingPlace([threeClasses(100)]).train(classifier({ split }))
    expect(detail.run).toMatchObject({ status: 'finished', validation: null, test: null })
    expect(detail.hasWeights).toBe(true)
  })

  it('leaves out rows without a target and says so', async () => {
    const dataset = threeClasses(300)
    const columns = dataset.columns.map((column) =>
      column.name === 'kind' ? { ...column, values: (row: number) => [row < 30 ? -1 : row % 3] } : column,
    )
    const { detail, events } = await trainingPlace([{ ...dataset, columns }]).train(classifier())
    expect(detail.logs.map(({ message }) => message)).toContain(
      '30 rows without a target value are left out.',
    )
    const started = events.find((event) => event.type === 'started')
    expect(started).toMatchObject({ trainSamples: 216, validationSamples: 27, testSamples: 27 })
  })

  it('learns numbers', async () => {
    const document = chain('line', [1], [['dense', { units: 1 }]], {
      epochs: 30,
      optimizer: { kind: 'sgd', learningRate: 0.1 },
    })
    const { detail } = await trainingPlace([line(200)]).train(document)
    expect(detail.run.test?.loss).toBeLessThan(1)
  })
})

describe('a learning rate that is too high', () => {
  it('ends the run with a sentence that names step and rate, and keeps the last good checkpoint', async () => {
    // On standardised x the error grows by 1 − 2 · 1.05 = −1.1 with every step, one step per epoch.
    const document = chain('line', [1], [['dense', { units: 1 }]], {
      epochs: 200,
      batchSize: 1000,
      optimizer: { kind: 'sgd', learningRate: 1.05 },
    })
    const place = trainingPlace([line(200)])
    const { detail } = await place.train(document)
    expect(detail.run.status).toBe('failed')
    expect(detail.run.problem?.code).toBe('run.diverged')
    expect(detail.run.problem?.message).toMatch(/grew to .* at step \d+, with learning rate 1\.05/)
    expect(detail.run.problem?.hint).toContain('try 0.105')
    expect(detail.hasWeights).toBe(true)
    expect(detail.run.epochsDone).toBeGreaterThan(5)
    expect(detail.steps.every(({ loss }) => Number.isFinite(loss))).toBe(true)
  })

  it('ends at the very first NaN', async () => {
    const document = chain('line', [1], [['dense', { units: 1 }]], {
      epochs: 50,
      batchSize: 2,
      normalization: 'none',
      optimizer: { kind: 'sgd', learningRate: 10 },
    })
    const { detail, losses } = await trainingPlace([line(400)]).train(document)
    expect(detail.run.problem).toMatchObject({ code: 'run.diverged' })
    expect(losses.length).toBeLessThan(320)
  })
})

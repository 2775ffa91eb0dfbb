import { describe, expect, it } from 'vitest'
import { readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import { learningRateSchedule } from '../../../src-core/training/schedules/learning-rate.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'
import {
  chain,
  classifier,
  line,
  type TrainedRun,
  threeClasses,
  trainingPlace,
} from './support/training-place.ts'

const steps = (count: number) => ({ unit: 'steps', count })
const rates = ({ detail }: TrainedRun) => detail.epochs.map(({ train }) => train.learningRate)
const messages = ({ detail }: TrainedRun) => detail.logs.map(({ message }) => message)
const outcome = ({ detail }: TrainedRun) => [
  detail.epochs.map(({ train, validation }) => [train, validation]),
  detail.run.test,
]

/** The newest checkpoint: what evaluation, prediction and export use. */
function lastCheckpoint(file: string, runId: number) {
  const workspace = openWorkspace(file)
  const stored = workspace.checkpoints.last(runId)
  const count = workspace.checkpoints.list(runId).length
  workspace.close()
  const read = readCheckpoint(stored?.bytes ?? new Uint8Array())
  if (!read.ok) throw new Error(read.problems[0]?.message)
  return { ...read.value, stored: count }
}

describe('a learning rate schedule', () => {
  it('is recorded with every epoch and with every report, and drawn from the rates that were taken', async () => {
    const document = classifier({
      epochs: 4,
      schedule: { kind: 'cosine' },
      warmUp: { length: steps(40) },
    })
    const run = await trainingPlace([threeClasses(600)]).train(document)
    const rate = learningRateSchedule(document.training, 30)
    expect(rates(run)).toEqual([1, 2, 3, 4].map((epoch) => rate(epoch * 30 - 1)))
    for (const event of run.events) {
      if (event.type === 'step') expect(event.metrics.learningRate).toBe(rate(event.step - 1))
    }
  })

  it('moves the weights: at a rate of nearly nothing they stay where they are', async () => {
    const document = chain('line', [1], [['dense', { units: 1 }]], {
      epochs: 4,
      batchSize: 10,
      optimizer: { kind: 'sgd', learningRate: 0.01 },
      schedule: { kind: 'piecewise', pieces: [{ at: 2, factor: 1e-30 }] },
    })
    const { detail } = await trainingPlace([line(200)]).train(document)
    const losses = detail.epochs.map(({ validation }) => validation?.loss ?? Number.NaN)
    expect(losses[1]).toBeLessThan(losses[0] ?? 0)
    expect(losses[2]).toBe(losses[1])
    expect(losses[3]).toBe(losses[1])
  })
})

/** Lowers its rate and ends early on noisy losses, 250 steps an epoch. */
const watchful = classifier({
  epochs: 40,
  batchSize: 8,
  optimizer: { kind: 'adam', learningRate: 0.03 },
  schedule: { kind: 'reduceOnPlateau', patience: 2, factor: 0.5, cooldown: 1, minDelta: 0.001 },
  warmUp: { length: steps(30) },
  earlyStopping: { patience: 6 },
})
const rows = threeClasses(2500)

describe('reduceOnPlateau and early stopping', () => {
  it('end the run as finished, say why, and keep the weights of the best epoch', async () => {
    const place = trainingPlace([rows])
    const run = await place.train(watchful)
    const { epochs } = run.detail
    expect(run.detail.run.status).toBe('finished')
    expect(epochs.length).toBeLessThan(40)
    expect(new Set(rates(run)).size).toBeGreaterThan(2)
    const losses = epochs.map(({ validation }) => validation?.loss ?? Number.NaN)
    const best = losses.indexOf(Math.min(...losses)) + 1
    expect(best).toBe(epochs.length - 6)
    expect(messages(run)).toContainEqual(
      expect.stringMatching(
        new RegExp(`^Training ends early: for 6 epochs the validation loss .* epoch ${best} `),
      ),
    )
    expect(messages(run)).toContain(`The weights of epoch ${best}, the best, are kept.`)
    expect(messages(run)).toContainEqual(
      expect.stringMatching(/^The validation loss .* learning rate is 0.015/),
    )
    const checkpoint = lastCheckpoint(place.file, run.runId)
    expect(checkpoint.position).toMatchObject({ epoch: best, step: best * 250 })
    expect(checkpoint.stored).toBe(1)
    const scored = await place.application.evaluations.evaluatePart(run.runId, 'validation')
    expect(scored).toMatchObject({ ok: true, value: { metrics: { loss: losses[best - 1] } } })
    // What is shown beside the run is what its weights reach, not what the last epoch did.
    expect(run.detail.run.validation?.loss).toBe(losses[best - 1])
    const tested = await place.application.evaluations.evaluatePart(run.runId, 'test')
    expect(tested).toMatchObject({ ok: true, value: { metrics: run.detail.run.test } })
  })

  it('go on exactly after a stop, to the same end with the same weights', async () => {
    const place = trainingPlace([rows])
    const whole = await place.train(watchful)
    const best = lastCheckpoint(place.file, whole.runId)
    // Twice: before the end of an epoch, and after the best one, whose weights the first process held.
    for (const when of [3, best.position.epoch + 3]) {
      const stopped = await place.train(watchful, (event, runId) => {
        if (event.type === 'step' && event.epoch === when) void place.application.runs.stop(runId)
      })
      expect(stopped.detail.run.status).toBe('stopped')
      const resumed = await place.resume(stopped.runId)
      expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses)
      expect(outcome(resumed)).toEqual(outcome(whole))
      const again = lastCheckpoint(place.file, stopped.runId)
      expect(again.position).toEqual(best.position)
      expect(again.tensors).toEqual(best.tensors)
    }
  })

  it('keep the last weights where the best are not asked for', async () => {
    const place = trainingPlace([rows])
    const training = { ...watchful.training, earlyStopping: { patience: 6, restoreBestWeights: false } }
    const document = classifier(training)
    const run = await place.train(document)
    const { epochs } = run.detail
    expect(epochs.length).toBeLessThan(40)
    expect(lastCheckpoint(place.file, run.runId).position.epoch).toBe(epochs.length)
    expect(messages(run)).toContain(`The weights of the last epoch, ${epochs.length}, are kept.`)
  })

  it('keep the best weights of a run that was not ended early, as Keras does', async () => {
    const place = trainingPlace([rows])
    const document = classifier({ ...watchful.training, epochs: 8, earlyStopping: { patience: 30 } })
    const run = await place.train(document)
    const losses = run.detail.epochs.map(({ validation }) => validation?.loss ?? Number.NaN)
    expect(losses).toHaveLength(8)
    expect(lastCheckpoint(place.file, run.runId).position.epoch).toBe(losses.indexOf(Math.min(...losses)) + 1)
  })
})

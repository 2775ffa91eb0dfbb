// @vitest-environment node
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../../src-core/training/run-event.ts'
import {
  applyRunEvent,
  isActive,
  keptEpoch,
  type LiveRun,
  newLiveRun,
} from '../../../../src-renderer/state/live-run.ts'

const started: RunEvent = {
  type: 'started',
  engine: 'onnx/cpu',
  device: 'a processor',
  reason: 'the only one',
  parameterCount: 10,
  trainSamples: 80,
  validationSamples: 10,
  testSamples: 10,
  stepsPerEpoch: 4,
  epochs: 2,
}
const step = (last: number, losses: number[]): RunEvent => ({
  type: 'step',
  epoch: 1,
  step: last,
  losses,
  metrics: { loss: losses.at(-1) ?? 0 },
  samplesPerSecond: 100,
  remainingSeconds: 3,
})
const epoch = (number: number): RunEvent => ({
  type: 'epoch',
  epoch: number,
  step: number * 4,
  train: { loss: 1 },
  validation: null,
  seconds: 1,
  samplesPerSecond: 100,
})
const runAfter = (...events: RunEvent[]): LiveRun => events.reduce(applyRunEvent, newLiveRun(1))

describe('a run as a window sees it', () => {
  it('has the weights of the epoch that was stored last, else those of the last epoch', () => {
    const stored = (number: number): RunEvent => ({
      type: 'checkpoint',
      epoch: number,
      step: number * 4,
      best: true,
    })
    const trained = [started, epoch(1), stored(1), epoch(2), stored(2)]
    expect(keptEpoch(runAfter(...trained))?.epoch).toBe(2)
    expect(keptEpoch(runAfter(...trained, stored(1)))?.epoch).toBe(1)
    expect(keptEpoch(runAfter(started, epoch(1)))?.epoch).toBe(1)
    expect(keptEpoch(runAfter(started))).toBeUndefined()
  })

  it('numbers the losses of a report back from its last step', () => {
    expect(runAfter(started, step(3, [9, 8, 7])).steps).toEqual([
      { step: 1, loss: 9 },
      { step: 2, loss: 8 },
      { step: 3, loss: 7 },
    ])
  })

  it('replaces steps and epochs that are run again after a resume', () => {
    const run = runAfter(started, step(4, [4, 3, 2, 1]), epoch(1), step(3, [5]), epoch(1))
    expect(run.steps).toEqual([
      { step: 1, loss: 4 },
      { step: 2, loss: 3 },
      { step: 3, loss: 5 },
    ])
    expect(run.epochs.map((record) => record.epoch)).toEqual([1])
  })

  it('keeps a bounded number of points, the newest among them', () => {
    const run = runAfter(
      started,
      step(
        9000,
        Array.from({ length: 9000 }, (_, index) => index),
      ),
    )
    expect(run.steps.length).toBeLessThan(6000)
    expect(run.steps.at(-1)).toEqual({ step: 9000, loss: 8999 })
  })

  it('is active until it is finished, stopped or failed', () => {
    expect(isActive(newLiveRun(1).status)).toBe(true)
    expect(isActive(runAfter(started).status)).toBe(true)
    const end = { epoch: 2, step: 8, test: { accuracy: 0.9 }, seconds: 2, samplesPerSecond: 90 }
    expect(isActive(runAfter(started, { type: 'finished', status: 'stopped', ...end }).status)).toBe(false)
    const finished = runAfter(started, { type: 'finished', status: 'finished', ...end })
    expect(finished.test).toEqual({ accuracy: 0.9 })
    const problem = { code: 'run.engineDied', severity: 'error', message: 'gone' } as const
    expect(runAfter(started, { type: 'failed', problem, epoch: 1, step: 2 }).problem).toEqual(problem)
  })
})

import { describe, expect, it } from 'vitest'
import { trainingSettingsSchema } from '../../../src-core/training/run-config.ts'
import { EpochWatch, type WatchState } from '../../../src-main/engine/process/epoch-watch.ts'

const nothing: WatchState = { bestLoss: null, plateau: null, earlyStopping: null }
const stepsPerEpoch = 10

function watch(settings: object, start = nothing) {
  const optimizer = { kind: 'sgd', learningRate: 0.5 }
  return new EpochWatch(
    trainingSettingsSchema.parse({ epochs: 20, optimizer, ...settings }),
    stepsPerEpoch,
    start,
  )
}

const result = (epoch: number, validationLoss: number | null, trainLoss = 1) => ({
  epoch,
  step: epoch * stepsPerEpoch,
  train: { loss: trainLoss },
  validation: validationLoss === null ? null : { loss: validationLoss },
})

const plateau = { kind: 'reduceOnPlateau', patience: 1, factor: 0.5 }

describe('EpochWatch', () => {
  it('calls the lowest validation loss the best, without validation the lowest training loss', () => {
    const validated = watch({})
    const best = [3, 2, 2, 1].map((loss, index) => validated.endEpoch(result(index + 1, loss)).isBest)
    expect(best).toEqual([true, true, false, true])
    const trained = watch({})
    expect([3, 4, 2].map((loss, index) => trained.endEpoch(result(index + 1, null, loss)).isBest)).toEqual([
      true,
      false,
      true,
    ])
  })

  it('calls best what early stopping calls so: a gain below minDelta is none', () => {
    const watching = watch({ earlyStopping: { minDelta: 0.5, patience: 9 } })
    const best = [3, 2.8, 2.4].map((loss, index) => watching.endEpoch(result(index + 1, loss)).isBest)
    expect(best).toEqual([true, false, true])
    expect(watching.epochToKeep).toBe(3)
  })

  it('lowers the rate from the next step on, and says so', () => {
    const watching = watch({ schedule: plateau })
    watching.endEpoch(result(1, 1))
    expect(watching.learningRate(10)).toBe(0.5)
    expect(watching.endEpoch(result(2, 1)).notes).toEqual([
      'The validation loss has not become better for 1 epoch: the learning rate is 0.25 from epoch 3 on.',
    ])
    expect(watching.learningRate(20)).toBe(0.25)
  })

  it('does not count epochs of the warm-up as a plateau', () => {
    const watching = watch({ schedule: plateau, warmUp: { length: { unit: 'epochs', count: 3 } } })
    for (const epoch of [1, 2]) expect(watching.endEpoch(result(epoch, 5)).notes).toEqual([])
    expect(watching.state.plateau).toEqual({ learningRate: 0.5, best: null, wait: 0, cooldown: 0 })
    watching.endEpoch(result(3, 5))
    expect(watching.state.plateau?.best).toBe(5)
    expect(watching.learningRate(15)).toBe(0.25)
  })

  it('goes on from its state as if it had never been gone', () => {
    const settings = { schedule: plateau, earlyStopping: { patience: 3 } }
    const losses = [3, 2, 2.5, 2.2, 2.1]
    const whole = watch(settings)
    const outcomes = losses.map((loss, index) => whole.endEpoch(result(index + 1, loss)))
    for (let gone = 0; gone < losses.length; gone++) {
      const before = watch(settings)
      for (const [index, loss] of losses.slice(0, gone).entries()) before.endEpoch(result(index + 1, loss))
      const after = watch(settings, before.state)
      const rest = losses.slice(gone).map((loss, index) => after.endEpoch(result(gone + index + 1, loss)))
      expect(rest).toEqual(outcomes.slice(gone))
      expect(after.state).toEqual(whole.state)
      expect(after.isOver).toBe(true)
    }
  })

  it('keeps the last weights where the best are not wanted', () => {
    const watching = watch({ earlyStopping: { patience: 1, restoreBestWeights: false } })
    watching.endEpoch(result(1, 1))
    watching.endEpoch(result(2, 2))
    expect([watching.isOver, watching.epochToKeep]).toEqual([true, null])
  })
})

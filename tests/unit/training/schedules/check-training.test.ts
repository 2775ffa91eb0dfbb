import { describe, expect, it } from 'vitest'
import { trainingSettingsSchema } from '../../../../src-core/training/run-config.ts'
import { checkTraining, type TrainingFacts } from '../../../../src-core/training/schedules/check-training.ts'
import { scheduleKinds } from '../../../../src-core/training/schedules/schedule-config.ts'

const epochs = (count: number) => ({ unit: 'epochs', count })
const steps = (count: number) => ({ unit: 'steps', count })
const facts: TrainingFacts = { stepsPerEpoch: 30, metrics: ['loss', 'accuracy'] }

/** Severities and sentences for settings of a run of 10 epochs. */
function complaints(settings: object, known = facts): string[] {
  const parsed = trainingSettingsSchema.parse({ epochs: 10, ...settings })
  return checkTraining(parsed, known).map(({ code, severity, message, hint }) => {
    expect(code).toBe('run.config')
    expect(hint).toMatch(/\.$/)
    return `${severity}: ${message}`
  })
}

const noValidation = { train: 0.9, validation: 0, test: 0.1 }

describe('losses that compare the samples of a batch', () => {
  const beside = (loss: 'tripletSemiHard' | 'supervisedContrastive', batchSize: number, known = facts) =>
    complaints({ batchSize }, { ...known, losses: [loss] })

  it('are slow for large batches, and say how large their tables get', () => {
    expect(beside('tripletSemiHard', 512)).toEqual([])
    expect(beside('tripletSemiHard', 1000)).toEqual([
      'warning: The triplet loss compares every three of the 1,000 samples of a batch: 1,000,000,000 triplets at every step.',
    ])
    expect(beside('supervisedContrastive', 4096)).toEqual([])
    expect(beside('supervisedContrastive', 5000)).toEqual([
      'warning: The supervised contrastive loss compares every two of the 5,000 samples of a batch, in tables of 25,000,000 numbers.',
    ])
  })

  it('say nothing where all rows fit into one batch', () => {
    expect(beside('tripletSemiHard', 1000, { stepsPerEpoch: 1 })).toEqual([])
  })
})

describe('training settings that make no sense together', () => {
  it('are none by default, nor with any schedule as it comes', () => {
    expect(complaints({})).toEqual([])
    for (const kind of scheduleKinds) {
      expect(complaints({ schedule: { kind }, warmUp: {}, earlyStopping: {} })).toEqual([])
    }
  })

  it('are parts of the split that are not parts of one whole', () => {
    const settings = trainingSettingsSchema.parse({})
    const found = (train: number, validation: number, test: number) =>
      checkTraining({ ...settings, split: { train, validation, test, stratify: true } }, facts)
    const rule = 'but these must be from 0 to 100 %, some of it for training, and add up to 100 %.'
    expect(found(0.8, 0.3, 0.1)).toMatchObject([
      {
        code: 'run.config',
        severity: 'error',
        message: `The split gives 80 % of the rows to training, 30 % to validation and 10 % to testing, ${rule}`,
        hint: 'Change the shares of training, validation and test.',
      },
    ])
    expect(found(0, 0.5, 0.5)).toHaveLength(1)
    expect(found(1.2, -0.1, -0.1)).toHaveLength(1)
    expect(found(Number.NaN, 0.1, 0.1)).toHaveLength(1)
    expect(found(0.7, 0.2, 0.1)).toEqual([])
    expect(found(1, 0, 0)).toEqual([])
  })

  it('are a warm-up as long as the run', () => {
    const expected = 'error: The warm-up takes 300 steps, but the whole run has only 10 epochs of 30 steps.'
    expect(complaints({ warmUp: { length: steps(300) } })).toEqual([expected])
    expect(complaints({ warmUp: { length: steps(299) } })).toEqual([])
    expect(complaints({ warmUp: { length: epochs(10) } })).toHaveLength(1)
  })

  it('are found without data where epochs are enough to tell', () => {
    expect(complaints({ warmUp: { length: epochs(12) } }, {})).toEqual([
      'error: The warm-up takes 12 epochs, but the whole run has only 10 epochs.',
    ])
    expect(complaints({ warmUp: { length: steps(1e6) } }, {})).toEqual([])
  })

  it('are watching a validation part that is not there', () => {
    expect(complaints({ split: noValidation, earlyStopping: {} })).toEqual([
      'error: Early stopping watches the validation loss, but the split has no validation part.',
    ])
    expect(complaints({ split: noValidation, schedule: { kind: 'reduceOnPlateau', patience: 2 } })).toEqual([
      'error: The reduction on a plateau watches the validation loss, but the split has no validation part.',
    ])
    expect(complaints({ split: noValidation, earlyStopping: { monitor: { part: 'train' } } })).toEqual([])
  })

  it('are watching a metric that the model does not report', () => {
    const earlyStopping = { monitor: { metric: 'meanAbsoluteError' } }
    expect(complaints({ earlyStopping })).toEqual([
      'error: Early stopping watches the metric "meanAbsoluteError", but this model reports loss, accuracy.',
    ])
    expect(complaints({ earlyStopping }, {})).toEqual([])
  })

  it('are ends that lie above the beginning', () => {
    const optimizer = { kind: 'adam', learningRate: 0.001 }
    expect(complaints({ optimizer, schedule: { kind: 'polynomial', endLearningRate: 0.01 } })).toEqual([
      'error: The polynomial decay ends at the learning rate 0.01, but the optimizer starts at 0.001, which is not above it.',
    ])
    const schedule = { kind: 'reduceOnPlateau', patience: 3, minLearningRate: 0.001 }
    expect(complaints({ optimizer, schedule })).toEqual([
      'error: The reduction on a plateau stops at the learning rate 0.001, but the optimizer starts at 0.001, which is not above it.',
    ])
  })

  it('are warned of where they can never act', () => {
    expect(complaints({ earlyStopping: { patience: 10 } })).toEqual([
      'warning: Early stopping waits 10 epochs, but the whole run has only 10, so it can never act.',
    ])
    expect(complaints({ schedule: { kind: 'reduceOnPlateau', patience: 10 } })).toEqual([
      'warning: The reduction on a plateau waits 10 epochs, but the whole run has only 10, so it can never act.',
    ])
    expect(complaints({ schedule: { kind: 'step', every: steps(300) } })).toEqual([
      'warning: The learning rate changes after 300 steps, but the whole run has only 10 epochs of 30 steps.',
    ])
  })

  it.each([
    ['patience 0', { earlyStopping: { patience: 0 } }, 'must be 1 or more'],
    ['a factor of 1 on a plateau', { schedule: { kind: 'reduceOnPlateau', factor: 1 } }, 'must be below 1'],
    ['an empty warm-up', { warmUp: { length: steps(0) } }, 'must be above 0'],
    [
      'changes out of order',
      {
        schedule: {
          kind: 'piecewise',
          pieces: [
            { at: 5, factor: 0.1 },
            { at: 3, factor: 0.01 },
          ],
        },
      },
      'changes must come in ascending order',
    ],
  ])('never reach a run where they are wrong by themselves: %s', (_name, settings, message) => {
    const parsed = trainingSettingsSchema.safeParse(settings)
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([message])
  })
})

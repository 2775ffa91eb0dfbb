import { describe, expect, it } from 'vitest'
import { describeSettings } from '../../../src-core/training/describe-settings.ts'
import { trainingSettingsSchema } from '../../../src-core/training/run-config.ts'
import { setTraining } from '../../../src-core/training/set-training.ts'

const defaults = trainingSettingsSchema.parse({})

function set(...lines: readonly string[]) {
  const result = setTraining(defaults, lines)
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(' '))
  return result.value
}

function mistake(...lines: readonly string[]) {
  const result = setTraining(defaults, lines)
  if (result.ok) throw new Error('nothing was wrong')
  return result.problems.map(({ message, hint }) => `${message} ${hint}`)
}

describe('setting training settings by lines', () => {
  it('takes numbers, words, truth values and lists, at any depth, with the defaults of what is switched on', () => {
    const lines = ['epochs=3', 'training.batchSize=16', 'weightAverage.momentum=0.9', 'mixing.kind=cutMix']
    expect(set(...lines, 'excludeFromWeightDecay=true')).toEqual({
      ...defaults,
      epochs: 3,
      batchSize: 16,
      weightAverage: { momentum: 0.9 },
      mixing: { kind: 'cutMix', alpha: 0.2 },
      excludeFromWeightDecay: true,
    })
    expect(set('schedule.kind=piecewise', 'schedule.pieces=[{"at":2,"factor":0.1}]').schedule).toMatchObject({
      kind: 'piecewise',
      pieces: [{ at: 2, factor: 0.1 }],
    })
    expect(set('warmUp.length={"unit":"steps","count":9}').warmUp).toMatchObject({
      length: { unit: 'steps', count: 9 },
    })
  })

  it('changes the kind of optimizer and keeps what the new one knows too', () => {
    expect(set('optimizer.learningRate=0.5', 'optimizer.kind=sgd').optimizer).toEqual({
      kind: 'sgd',
      learningRate: 0.5,
      weightDecay: 0,
    })
  })

  it('switches off by null', () => {
    expect(set('mixing.kind=mixup', 'mixing=null')).toEqual(defaults)
    expect(set('earlyStopping.patience=3', 'earlyStopping=null').earlyStopping).toBeNull()
  })

  it('explains what is wrong, and where', () => {
    expect(mistake('epochs')).toEqual(['"epochs" sets nothing. Write a setting and its value: epochs=20.'])
    expect(mistake('epochs=0')[0]).toContain('The setting epochs cannot be so: too small')
    expect(mistake('engine=abacus')[0]).toContain('The setting engine cannot be so: invalid option')
    expect(mistake('weightAverage.momentum=2', 'seed=x')).toHaveLength(2)
  })

  it('names the settings there are instead of one that does not exist', () => {
    expect(mistake('epoch=3')[0]).toContain(
      'There is no setting "epoch" of a training. There are epochs, batchSize',
    )
    expect(mistake('optimizer.beta=3')).toEqual([
      'There is no setting "optimizer.beta" of optimizer. There are kind, learningRate, beta1, beta2, epsilon.',
    ])
    expect(mistake('mixing.alfa=3')).toEqual([
      'There is no setting "mixing.alfa" of mixing. There are kind, alpha.',
    ])
    expect(mistake('epochs.count=3')[0]).toContain('The setting epochs cannot be so')
  })
})

it('describes what is switched on, with its details', () => {
  expect(describeSettings(defaults)).toEqual([
    { name: 'Optimizer details', value: 'beta1 0.9, beta2 0.999, epsilon 1e-7' },
  ])
  const lines = [
    'schedule.kind=cosine',
    'schedule.alpha=0.1',
    'schedule.decayLength={"unit":"epochs","count":5}',
  ]
  const more = [
    'clipping={"kind":"globalNorm","limit":1}',
    'gradientAccumulationSteps=4',
    'mixing.kind=cutMix',
  ]
  const rest = ['excludeFromWeightDecay=true', 'weightAverage.momentum=0.9', 'earlyStopping.patience=3']
  const found = describeSettings(set(...lines, ...more, ...rest, 'optimizer.kind=sgd'))
  expect(found).toEqual([
    { name: 'Optimizer details', value: 'weight decay 0' },
    { name: 'Schedule details', value: 'decay length 5 epochs, alpha 0.1' },
    {
      name: 'Early stopping',
      value: 'monitor validation loss, patience 3, min delta 0, restore best weights',
    },
    { name: 'Gradient clipping', value: 'global norm at 1' },
    { name: 'Gradient accumulation', value: '4 batches per step' },
    { name: 'Weight decay', value: 'not of biases and normalizations' },
    { name: 'Weight average', value: 'momentum 0.9' },
    { name: 'Mixing', value: 'cut mix, alpha 0.2' },
  ])
})

it('splits the names of settings into words, at numbers too', () => {
  const details = (kind: string) => describeSettings(set(`optimizer.kind=${kind}`))[0]?.value
  expect(details('ftrl')).toContain(
    'L1 regularization strength 0, L2 regularization strength 0, L2 shrinkage regularization strength 0',
  )
  expect(details('adafactor')).toContain('beta2 decay -0.8')
})

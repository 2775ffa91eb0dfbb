import { expect, it } from 'vitest'
import { lossSeries, metricNames, reportsLoss } from '../../../../src-renderer/panels/training/curves.ts'

const steps = [
  { step: 1, loss: 3 },
  { step: 2, loss: 2 },
]
const epoch = (train: Readonly<Record<string, number>>) => ({
  epoch: 1,
  step: 2,
  train,
  validation: train,
  seconds: 1,
  samplesPerSecond: 1,
})

it('draws the mean loss of epochs over that of steps', () => {
  const source = { steps, epochs: [epoch({ loss: 2.5, accuracy: 0.5 })] }
  expect(reportsLoss(source)).toBe(true)
  expect(lossSeries(source).map(({ name }) => name)).toEqual(['each step', 'training', 'validation'])
  expect(metricNames(source)).toEqual(['accuracy'])
})

it('draws the sum of the losses of a GAN step by step, and each network’s own beside it', () => {
  const source = { steps, epochs: [epoch({ discriminatorLoss: 1, generatorLoss: 1.5 })] }
  expect(reportsLoss(source)).toBe(false)
  expect(lossSeries(source)).toMatchObject([
    {
      name: 'each step',
      points: [
        [1, 3],
        [2, 2],
      ],
    },
  ])
  expect(metricNames(source)).toEqual(['discriminatorLoss', 'generatorLoss'])
})

it('takes it that there is a loss as long as nothing is known', () => {
  expect(reportsLoss({ steps, epochs: [] })).toBe(true)
  expect(reportsLoss({ steps, epochs: [], progress: [{ step: 1, metrics: { generatorLoss: 1 } }] })).toBe(
    false,
  )
})

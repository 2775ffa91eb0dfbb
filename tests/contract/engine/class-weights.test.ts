import { describe, expect, it } from 'vitest'
import { chain, line, type SmallDataset, trainingPlace } from './support/training-place.ts'

const statistics = { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 }
const rows = 400

/** One row in ten is "rare", and nothing tells which: a model can only learn how often it is. */
const rareOrNot: SmallDataset = {
  name: 'rare',
  rows,
  target: 'kind',
  columns: [
    { name: 'x', type: 'number', dtype: 'float32', shape: [], statistics, values: () => [1] },
    {
      name: 'kind',
      type: 'category',
      dtype: 'int32',
      shape: [],
      categories: ['often', 'rare'],
      statistics,
      values: (row) => [row % 10 === 3 ? 1 : 0],
    },
  ],
}

function document(classWeights?: unknown) {
  return chain('rare', [1], [['dense', { units: 2, activation: 'softmax' }]], {
    epochs: 40,
    batchSize: 80,
    normalization: 'none',
    split: { train: 0.8, validation: 0.2, test: 0 },
    optimizer: { kind: 'adam', learningRate: 0.05 },
    ...(classWeights === undefined ? {} : { classWeights }),
  })
}

/** A run, and the probability of "rare" that it arrives at. */
async function learned(classWeights?: unknown) {
  const place = trainingPlace([rareOrNot])
  const { runId, detail } = await place.train(document(classWeights))
  const predicted = await place.application.predictions.predictDataset(runId, 'rare', 0, 1)
  if (!predicted.ok) throw new Error(predicted.problems[0]?.message)
  const [output] = Object.values(predicted.value[0]?.outputs ?? {})
  const probability = output && 'probabilities' in output ? output.probabilities.rare : undefined
  return { detail, probability: probability ?? Number.NaN }
}

describe('class weights', () => {
  it.each([
    [undefined, 0.1],
    ['none', 0.1],
    ['balanced', 0.5],
    // 3 · 0.1 of 3 · 0.1 + 0.9.
    [{ rare: 3 }, 0.25],
  ])('%j make a class that is one row in ten count as %d of all', async (classWeights, share) => {
    const { probability } = await learned(classWeights)
    expect(Math.abs(probability - share)).toBeLessThan(0.02)
  })

  it('weigh the training only: validation counts every row the same', async () => {
    const { detail, probability } = await learned('balanced')
    const last = detail.epochs.at(-1)
    const loss = (rare: number) => -rare * Math.log(probability) - (1 - rare) * Math.log(1 - probability)
    expect(last?.validation?.loss).toBeCloseTo(loss(0.1), 4)
    expect(last?.validation?.accuracy).toSatisfy((value) => value === 0.1 || value === 0.9)
    expect(last?.train.accuracy).toBeGreaterThan(0.4)
    expect(last?.train.accuracy).toBeLessThan(0.6)
  })

  it('are told in the log', async () => {
    const { detail } = await learned('balanced')
    expect(detail.logs.map(({ message }) => message)).toContain('Class weights: often 0.5556, rare 5.')
  })

  it('are refused where numbers are predicted', async () => {
    const place = trainingPlace([line(100)])
    const numbers = chain('line', [1], [['dense', { units: 1 }]], { classWeights: 'balanced' })
    expect(await place.application.runs.start({ projectId: null, document: numbers })).toMatchObject({
      ok: false,
      problems: [{ code: 'run.config', message: expect.stringContaining('the model predicts numbers') }],
    })
  })
})

import { describe, expect, it } from 'vitest'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import { resolveLosses } from '../../../src-core/training/losses/resolve-loss.ts'
import { readMetrics } from '../../../src-core/training/metrics/read-metrics.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import { documentOf, planOf } from '../../support/models.ts'
import { type Batch, train } from '../../support/train-loop.ts'

const batch: Batch = {
  features: { input: Float32Array.of(1, 2, -1, 0.5, 3, -2) },
  targets: { kindOut: Int32Array.of(0, 2, 1), sizeOut: Float32Array.of(1, -1, 2) },
  sampleWeight: Float32Array.of(1, 0.5, 3),
}

/** Two heads on one input; how much each counts, and what is measured at the first. */
function stepFor(kindWeight: number, sizeWeight: number, metrics: string[] = []) {
  const plan = planOf(
    documentOf('two heads', [
      ['input', 'input', { shape: [2] }],
      ['kind', 'dense', { units: 3, activation: 'softmax' }, 'input'],
      ['size', 'dense', { units: 1 }, 'input'],
      ['kindOut', 'output', { lossWeight: kindWeight, metrics }, 'kind'],
      ['sizeOut', 'output', { lossWeight: sizeWeight, loss: 'huber' }, 'size'],
    ]),
  )
  const losses = resolveLosses(
    plan,
    new Map([
      ['kindOut', { kind: 'category', classes: 3, name: 'kind' }],
      ['sizeOut', { kind: 'number', width: 1, name: 'size' }],
    ]),
  )
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  const step = buildTrainStep({
    plan,
    losses: losses.value,
    optimizer: optimizerSchema.parse({ kind: 'sgd' }),
    normalization: new Map(),
    batchSize: 3,
    stepsPerRun: 1,
  })
  return { step, start: initializeWeights(plan, 1) }
}

/** By how much one step of gradient descent moves each weight. */
async function moves(kindWeight: number, sizeWeight: number) {
  const { step, start } = stepFor(kindWeight, sizeWeight)
  const { tensors } = await train(step, start, [batch], { learningRate: 0.01 })
  const numbers = (from: typeof tensors, name: string) => Array.from(from.get(name)?.data ?? [], Number)
  const moved = (name: string) => {
    const before = numbers(start, name)
    return numbers(tensors, name).map((value, index) => value - (before[index] ?? Number.NaN))
  }
  return { kind: moved('kind.kernel'), size: moved('size.kernel') }
}

describe('several outputs', () => {
  it('move their own layers in proportion to their loss weights', async () => {
    const [once, weighted] = [await moves(1, 1), await moves(4, 0.5)]
    expect(once.kind.some((move) => Math.abs(move) > 1e-4)).toBe(true)
    expect(once.size.some((move) => Math.abs(move) > 1e-4)).toBe(true)
    for (const [index, move] of once.kind.entries()) expect(weighted.kind[index]).toBeCloseTo(4 * move, 5)
    for (const [index, move] of once.size.entries()) expect(weighted.size[index]).toBeCloseTo(0.5 * move, 5)
  })

  it('leave their layers alone when they count nothing', async () => {
    const { kind, size } = await moves(0, 1)
    expect(kind.every((move) => move === 0)).toBe(true)
    expect(size.some((move) => move !== 0)).toBe(true)
  })

  it('are measured each by its own metrics, under its own name', async () => {
    const { step, start } = stepFor(2, 0.25, ['f1', 'auc'])
    const { means } = await train(step, start, [batch], { learningRate: 0.01 })
    const sums = step.sumNames.map((name) => (means[0]?.[name] ?? Number.NaN) * 4.5)
    const values = readMetrics(step, sums)
    expect(Object.keys(values)).toEqual([
      'loss',
      'kindOut.loss',
      'kindOut.f1',
      'kindOut.auc',
      'sizeOut.loss',
      'sizeOut.meanAbsoluteError',
    ])
    const { loss, 'kindOut.loss': kind = Number.NaN, 'sizeOut.loss': size = Number.NaN } = values
    expect(loss).toBeCloseTo(2 * kind + 0.25 * size, 5)
    expect(Object.values(values).every(Number.isFinite)).toBe(true)
  })
})

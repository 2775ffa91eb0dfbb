import { beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { differentiate } from '../../src-core/autodiff/differentiate.ts'
import { GraphBuilder } from '../../src-core/tensor-graph/graph-builder.ts'
import type { OutputLoss } from '../../src-core/training/losses/output-loss.ts'
import { sampleScores } from '../../src-core/training/losses/sample-losses.ts'
import { fillUniform } from '../../src-core/training/random.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { runOnnx } from '../support/run-onnx.ts'

const rows = 12

interface Case {
  readonly loss: OutputLoss['kind']
  readonly head: 'Softmax' | 'Sigmoid' | 'none'
  readonly scores: number[][]
  readonly targets: number[] | number[][]
  readonly sampleWeight: number[]
}

function table(key: string, width: number, low: number, high: number): number[][] {
  const values = new Float32Array(rows * width)
  fillUniform(values, 8, key, 0)
  return Array.from({ length: rows }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width), (u) => Math.fround(low + (high - low) * u)),
  )
}

const labels = (classes: number) => table('labels', 1, 0, classes).map(([value = 0]) => Math.floor(value))
const sampleWeight = table('weights', 1, 0, 2).map(([value = 0]) => value)
const oneHot = (classes: number) =>
  labels(classes).map((label) => Array.from({ length: classes }, (_, index) => (index === label ? 1 : 0)))
/** Rows that sum to 1. */
const shares = (width: number) =>
  table('shares', width, 0.01, 1).map((row) => {
    const sum = row.reduce((total, value) => total + value, 0)
    return row.map((value) => Math.fround(value / sum))
  })

const cases: Record<string, Case> = {
  'sparse categorical cross-entropy behind softmax': {
    loss: 'sparseCategoricalCrossentropy',
    head: 'Softmax',
    scores: table('a', 5, -6, 6),
    targets: labels(5),
    sampleWeight,
  },
  'categorical cross-entropy behind softmax': {
    loss: 'categoricalCrossentropy',
    head: 'Softmax',
    scores: table('b', 4, -6, 6),
    targets: oneHot(4),
    sampleWeight,
  },
  'categorical cross-entropy of shares': {
    loss: 'categoricalCrossentropy',
    head: 'Softmax',
    scores: table('c', 4, -3, 3),
    targets: shares(4),
    sampleWeight,
  },
  'categorical cross-entropy of given probabilities': {
    loss: 'categoricalCrossentropy',
    head: 'none',
    scores: table('d', 4, 0.01, 1),
    targets: oneHot(4),
    sampleWeight,
  },
  'binary cross-entropy behind sigmoid': {
    loss: 'binaryCrossentropy',
    head: 'Sigmoid',
    scores: table('e', 3, -8, 8),
    targets: table('e targets', 3, 0, 2).map((row) => row.map(Math.floor)),
    sampleWeight,
  },
  'binary cross-entropy of given probabilities': {
    loss: 'binaryCrossentropy',
    head: 'none',
    scores: table('f', 1, 0.01, 0.99),
    targets: table('f targets', 1, 0, 2).map((row) => row.map(Math.floor)),
    sampleWeight,
  },
  'mean squared error': {
    loss: 'meanSquaredError',
    head: 'none',
    scores: table('g', 3, -5, 5),
    targets: table('g targets', 3, -5, 5),
    sampleWeight,
  },
  'mean absolute error': {
    loss: 'meanAbsoluteError',
    head: 'none',
    scores: table('h', 3, -5, 5),
    targets: table('h targets', 3, -5, 5),
    sampleWeight,
  },
}

/** Losses and metrics by sample, and the gradient of the weighted mean, through our graph and onnxruntime. */
async function run({ loss: kind, head, scores, targets, sampleWeight }: Case) {
  const builder = new GraphBuilder('loss')
  const width = scores[0]?.length ?? 1
  const byIndex = kind === 'sparseCategoricalCrossentropy'
  const input = builder.input('scores', 'float32', [rows, width])
  const attributes = head === 'Softmax' ? { axis: 1 } : {}
  const prediction = head === 'none' ? input : builder.apply(head, [input], attributes)
  const target = builder.input('target', byIndex ? 'int32' : 'float32', byIndex ? [rows] : [rows, width])
  const share = builder.input('share', 'float32', [rows, 1])
  const form = byIndex ? 'classIndex' : 'values'
  const outputLoss: OutputLoss = { kind, target: form, fromScores: false, weight: 1 }
  const { loss, metrics } = sampleScores(outputLoss, { builder, prediction, target })
  const mean = builder.apply('ReduceSum', [builder.apply('Mul', [loss, share])], { keepdims: 0 })
  const [gradient] = differentiate(builder, mean, [input])
  const [metric] = metrics.values()
  if (!gradient || !metric) throw new Error('the loss has no gradient or metric')
  builder.output('losses', loss)
  builder.output('metrics', metric)
  builder.output('gradient', gradient)
  const sum = sampleWeight.reduce((total, weight) => total + weight, 0)
  const flat = targets.flat()
  const results = await runOnnx(builder.build(), {
    scores: Float32Array.from(scores.flat()),
    target: byIndex ? Int32Array.from(flat) : Float32Array.from(flat),
    share: Float32Array.from(sampleWeight, (weight) => weight / sum),
  })
  const values = (name: string) => Array.from(results[name]?.data ?? [], Number)
  return { losses: values('losses'), metrics: values('metrics'), gradient: values('gradient') }
}

const answerSchema = z.record(
  z.string(),
  z.object({ losses: z.array(z.number()), metrics: z.array(z.number()), gradient: z.array(z.number()) }),
)

function largestDifference(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length)
  return Math.max(
    ...expected.map((value, i) => Math.abs((found[i] ?? Number.NaN) - value) / Math.max(1, Math.abs(value))),
  )
}

describeWithPython('losses against Keras', () => {
  let keras: z.output<typeof answerSchema> = {}

  beforeAll(async () => {
    keras = answerSchema.parse(await runPython('tests/parity/keras-losses.py', { input: { cases } }))
  })

  it.each(Object.entries(cases))('%s has the same values, metrics and gradient', async (name, given) => {
    const expected = keras[name]
    if (!expected) throw new Error(`Keras did not answer ${name}`)
    const found = await run(given)
    expect(found.losses).toHaveLength(rows)
    const loss = largestDifference(found.losses, expected.losses)
    const gradient = largestDifference(found.gradient, expected.gradient)
    console.log(
      `${name}: largest difference ${loss.toExponential(1)}, of the gradient ${gradient.toExponential(1)}`,
    )
    expect(loss).toBeLessThan(2e-6)
    expect(gradient).toBeLessThan(2e-6)
    expect(largestDifference(found.metrics, expected.metrics)).toBeLessThan(1e-6)
  })
})

import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../../src-core/tensor-graph/graph-builder.ts'
import type { TensorData } from '../../../../src-core/tensor-graph/types.ts'
import type { OutputLoss } from '../../../../src-core/training/losses/output-loss.ts'
import { sampleLoss } from '../../../../src-core/training/losses/sample-losses.ts'
import { metricStatistics, outputMetrics } from '../../../../src-core/training/metrics/output-metrics.ts'
import { openOnnx } from '../../../support/run-onnx.ts'

type Head = 'Softmax' | 'LogSoftmax' | 'Sigmoid' | 'none'

interface Case {
  readonly kind: OutputLoss['kind']
  readonly target: OutputLoss['target']
  readonly fromScores?: boolean
  readonly head: Head
  /** Rows of what goes into the head. */
  readonly values: readonly (readonly number[])[]
  readonly targets: TensorData
}

/** Loss and metric of every sample as onnxruntime computes them. */
async function scores(given: Case): Promise<{ loss: number[]; metric: number[]; operators: string[] }> {
  const builder = new GraphBuilder('loss')
  const [batch, width] = [given.values.length, given.values[0]?.length ?? 0]
  const input = builder.input('values', 'float32', [batch, width])
  const attributes = given.head === 'Sigmoid' ? {} : { axis: 1 }
  const prediction = given.head === 'none' ? input : builder.apply(given.head, [input], attributes)
  const byIndex = given.target === 'classIndex'
  const target = builder.input('target', byIndex ? 'int32' : 'float32', byIndex ? [batch] : [batch, width])
  const loss: OutputLoss = {
    kind: given.kind,
    target: given.target,
    fromScores: given.fromScores ?? false,
    weight: 1,
  }
  const inputs = { builder, prediction, target }
  const value = sampleLoss(loss, inputs)
  expect(value.shape).toEqual([batch, 1])
  builder.output('loss', value)
  const [metric] = metricStatistics(outputMetrics(loss), inputs, loss).values()
  if (metric) builder.output('metric', metric)
  const graph = builder.build()
  const session = await openOnnx(graph)
  const results = await session.run({ values: Float32Array.from(given.values.flat()), target: given.targets })
  await session.release()
  return {
    loss: Array.from(results.loss?.data ?? [], Number),
    metric: Array.from(results.metric?.data ?? [], Number),
    operators: graph.nodes.map((node) => node.operator),
  }
}

function expectClose(found: readonly number[], expected: readonly number[], digits = 5): void {
  expect(found.length).toBe(expected.length)
  for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, digits)
}

const rows = [
  [1, 2, 3],
  [3, 0, -1],
]
// log(e + e² + e³) = 3.407606; log(e³ + 1 + 1/e) = 3.065884
const logSums = [3.40760596, 3.06588439]

describe('sparse categorical cross-entropy', () => {
  const given = {
    kind: 'sparseCategoricalCrossentropy',
    target: 'classIndex',
    values: rows,
    targets: Int32Array.of(1, 0),
  } as const

  it.each(['Softmax', 'LogSoftmax'] as const)(
    'is log Σ exp(scores) − score of the class behind %s',
    async (head) => {
      const found = await scores({ ...given, head })
      expectClose(found.loss, [(logSums[0] ?? 0) - 2, (logSums[1] ?? 0) - 3])
      expect(found.metric).toEqual([0, 1])
      expect(found.operators).toContain('LogSoftmax')
      expect(found.operators).not.toContain('Softmax')
    },
  )

  it('takes raw scores when the head is linear', async () => {
    const found = await scores({ ...given, head: 'none', fromScores: true })
    expectClose(found.loss, [(logSums[0] ?? 0) - 2, (logSums[1] ?? 0) - 3])
  })

  it('stays finite and exact for scores that overflow exp', async () => {
    const found = await scores({
      ...given,
      head: 'Softmax',
      values: [
        [1000, 0, -1000],
        [-1000, 500, 0],
      ],
    })
    expectClose(found.loss, [1000, 1500], 3)
  })

  it('clips probabilities that come from elsewhere to 1e-7 and scales them to sum 1, as Keras does', async () => {
    const values = [
      [0.2, 0.6, 0.2],
      [0, 1, 3],
    ]
    const found = await scores({ ...given, head: 'none', values })
    expectClose(found.loss, [-Math.log(0.6), -Math.log(1e-7)], 4)
    expect(found.metric).toEqual([1, 0])
  })

  it('gives no loss for a class index outside of the classes', async () => {
    expect((await scores({ ...given, head: 'Softmax', targets: Int32Array.of(-1, 0) })).loss[0]).toBeCloseTo(
      0,
    )
  })
})

describe('categorical cross-entropy', () => {
  it('is −Σ target · log(probability) for targets that are shares', async () => {
    const found = await scores({
      kind: 'categoricalCrossentropy',
      target: 'values',
      head: 'Softmax',
      values: rows,
      targets: Float32Array.of(0, 0.25, 0.75, 0, 1, 0),
    })
    const [first = 0, second = 0] = logSums
    expectClose(found.loss, [0.25 * (first - 2) + 0.75 * (first - 3), second])
    expect(found.metric).toEqual([1, 0])
  })
})

describe('binary cross-entropy', () => {
  const given = { kind: 'binaryCrossentropy', head: 'Sigmoid' } as const
  const softplus = (x: number) => Math.log1p(Math.exp(x))

  it('is softplus(score) − score · target behind a sigmoid', async () => {
    const found = await scores({
      ...given,
      target: 'classIndex',
      values: [[2], [-1], [0.5], [-3]],
      targets: Int32Array.of(1, 1, 0, 0),
    })
    expectClose(found.loss, [softplus(2) - 2, softplus(-1) + 1, softplus(0.5), softplus(-3)])
    expect(found.metric).toEqual([1, 0, 0, 1])
    expect(found.operators).not.toContain('Sigmoid')
  })

  it('stays finite for a head that is surely wrong', async () => {
    const found = await scores({
      ...given,
      target: 'classIndex',
      values: [[300], [-300]],
      targets: Int32Array.of(0, 1),
    })
    expectClose(found.loss, [300, 300], 3)
  })

  it('averages loss and accuracy over several units', async () => {
    const found = await scores({
      ...given,
      target: 'values',
      values: [[2, -1]],
      targets: Float32Array.of(1, 1),
    })
    expectClose(found.loss, [(softplus(2) - 2 + softplus(-1) + 1) / 2])
    expect(found.metric).toEqual([0.5])
  })

  it('compares one sigmoid per class with a class index', async () => {
    const found = await scores({
      ...given,
      target: 'classIndex',
      values: [[2, -1, -2]],
      targets: Int32Array.of(1),
    })
    expectClose(found.loss, [(softplus(2) + softplus(-1) + 1 + softplus(-2)) / 3])
  })

  it('clips probabilities that come from elsewhere', async () => {
    const found = await scores({
      kind: 'binaryCrossentropy',
      head: 'none',
      target: 'values',
      values: [[0.25], [1]],
      targets: Float32Array.of(1, 0),
    })
    expectClose(found.loss.slice(0, 1), [-Math.log(0.25)])
    // 1 − 1e-7 is 0.99999988 in float32, as in Keras.
    expectClose(found.loss.slice(1), [-Math.log(2 ** -23)], 3)
  })
})

describe('regression losses', () => {
  const values = [
    [1, 2],
    [-1, 4],
  ]
  const targets = Float32Array.of(0, 4, -1, 1)

  it('mean squared error averages squares over the values of a sample', async () => {
    const found = await scores({ kind: 'meanSquaredError', target: 'values', head: 'none', values, targets })
    expectClose(found.loss, [2.5, 4.5])
    expectClose(found.metric, [1.5, 1.5])
  })

  it('mean absolute error averages absolute differences', async () => {
    const found = await scores({ kind: 'meanAbsoluteError', target: 'values', head: 'none', values, targets })
    expectClose(found.loss, [1.5, 1.5])
  })
})

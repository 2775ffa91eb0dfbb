import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { differentiate } from '../../src-core/autodiff/differentiate.ts'
import { GraphBuilder } from '../../src-core/tensor-graph/graph-builder.ts'
import type { OutputLoss } from '../../src-core/training/losses/output-loss.ts'
import { sampleLoss } from '../../src-core/training/losses/sample-losses.ts'
import { metricStatistics, outputMetrics } from '../../src-core/training/metrics/output-metrics.ts'
import { lossKinds } from '../../src-core/training/run-config.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference } from '../support/reference-interpreter/compare.ts'
import { runOnnx } from '../support/run-onnx.ts'
import { type LossCase, lossCases, rows } from './support/loss-cases.ts'

const recorded = new LargestDifference()
afterAll(() => recorded.save('losses', 'Losses and their gradients, against Keras and the papers'))

/** Losses and metrics by sample, and the gradient of the weighted mean, through our graph and onnxruntime. */
async function run(given: LossCase) {
  const { loss: kind, head, scores, sampleWeight, parameters = {}, fromScores = false } = given
  const builder = new GraphBuilder('loss')
  const width = scores[0]?.length ?? 1
  const flat = given.targets.flat()
  const byIndex = flat.length === rows && width > 1
  const input = builder.input('scores', 'float32', [rows, width])
  const attributes = head === 'Softmax' ? { axis: 1 } : {}
  const prediction = head === 'none' ? input : builder.apply(head, [input], attributes)
  const target = builder.input('target', byIndex ? 'int32' : 'float32', byIndex ? [rows] : [rows, width])
  const share = builder.input('share', 'float32', [rows, 1])
  const form = byIndex ? 'classIndex' : 'values'
  const outputLoss: OutputLoss = { kind, target: form, fromScores, weight: 1, parameters }
  const inputs = { builder, prediction, target }
  const loss = sampleLoss(outputLoss, inputs)
  const mean = builder.apply('ReduceSum', [builder.apply('Mul', [loss, share])], { keepdims: 0 })
  const [gradient] = differentiate(builder, mean, [input])
  const [metric] = metricStatistics(outputMetrics(outputLoss), inputs, outputLoss).values()
  if (!gradient) throw new Error('the loss has no gradient')
  builder.output('losses', loss)
  if (metric) builder.output('metrics', metric)
  builder.output('gradient', gradient)
  const sum = sampleWeight.reduce((total, weight) => total + weight, 0)
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

/** Largest difference, relative to the largest of the expected values. */
function largestDifference(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length)
  const scale = Math.max(1e-6, ...expected.map(Math.abs))
  return Math.max(...expected.map((value, i) => Math.abs((found[i] ?? Number.NaN) - value) / scale))
}

it('compares every loss', () => {
  // What compares lists of labels has cases of its own: ctc.test.ts.
  const compared = Object.values(lossCases).map(({ loss }) => loss)
  expect(new Set([...compared, 'ctc'])).toEqual(new Set(lossKinds))
})

describeWithPython('losses against Keras', () => {
  let keras: z.output<typeof answerSchema> = {}

  beforeAll(async () => {
    keras = answerSchema.parse(
      await runPython('tests/parity/keras-losses.py', { input: { cases: lossCases } }),
    )
  })

  it.each(Object.entries(lossCases))('%s has the same values, metrics and gradient', async (name, given) => {
    const expected = keras[name]
    if (!expected) throw new Error(`Keras did not answer ${name}`)
    const found = await run(given)
    expect(found.losses).toHaveLength(rows)
    const loss = largestDifference(found.losses, expected.losses)
    const gradient = largestDifference(found.gradient, expected.gradient)
    recorded.record(Math.max(loss, gradient), name)
    console.log(
      `${name}: largest difference ${loss.toExponential(1)}, of the gradient ${gradient.toExponential(1)}`,
    )
    expect(loss).toBeLessThan(2e-6)
    expect(gradient).toBeLessThan(2e-5)
    expect(largestDifference(found.metrics, expected.metrics)).toBeLessThan(1e-6)
  })
})

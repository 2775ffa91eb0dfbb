import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { compileModel } from '../../src-core/compile/compile-model.ts'
import { buildForwardStep } from '../../src-core/training/build-forward-step.ts'
import { resolveLosses } from '../../src-core/training/losses/resolve-loss.ts'
import { metricKinds } from '../../src-core/training/run-config.ts'
import type { ForwardStep } from '../../src-core/training/train-step.ts'
import { MetricSums } from '../../src-main/engine/process/metric-sums.ts'
import { documentOf } from '../support/models.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference } from '../support/reference-interpreter/compare.ts'
import { openOnnx } from '../support/run-onnx.ts'
import { batchSize, type MetricCase, metricCases, samples } from './support/metric-cases.ts'

const recorded = new LargestDifference()
afterAll(() =>
  recorded.save('metrics', 'Metrics over batches with sample weights, against Keras and scikit-learn'),
)

const topK = 3

function build({ activation, loss, metrics, target, scores }: MetricCase) {
  const document = documentOf('metrics', [
    ['input', 'input', { shape: [scores[0]?.length ?? 1] }],
    ['head', 'activation', { activation }],
    ['output', 'output', { loss, metrics: [...metrics], topK, labelSmoothing: 0.2 }],
  ])
  const { plan } = compileModel(document)
  if (!plan) throw new Error('the model does not compile')
  const losses = resolveLosses(plan, new Map([['output', target]]))
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  return (size: number) =>
    buildForwardStep({ plan, losses: losses.value, normalization: new Map(), batchSize: size })
}

/** Metrics as an evaluation finds them: batch by batch, the last one short, sums in float32 from the graph. */
async function run(given: MetricCase): Promise<Record<string, number>> {
  const buildFor = build(given)
  let sums: MetricSums | undefined
  for (let from = 0; from < samples; from += batchSize) {
    const step = buildFor(Math.min(batchSize, samples - from))
    sums ??= new MetricSums(step)
    sums.add(await runBatch(step, given, from))
  }
  return sums?.metrics() ?? {}
}

async function runBatch(step: ForwardStep, given: MetricCase, from: number): Promise<number[]> {
  const rows = <T>(all: readonly T[]) => all.slice(from, from + step.batchSize)
  const features = step.features.get('input')
  const target = step.targets.get('output')
  if (!features || !target || !step.sampleWeight || !step.sums) throw new Error('the step is incomplete')
  const targets = rows<number | readonly number[]>(given.targets).flat()
  const session = await openOnnx(step.graph)
  const results = await session.run({
    [features.input]: Float32Array.from(rows(given.scores).flat()),
    [target.input]: target.dtype === 'int32' ? Int32Array.from(targets) : Float32Array.from(targets),
    [step.sampleWeight.input]: Float32Array.from(rows(given.sampleWeight)),
  })
  await session.release()
  return Array.from(results[step.sums]?.data ?? [], Number)
}

/** In ctc.test.ts. */
const ofLabelLists = ['sequenceAccuracy', 'labelErrorRate']

it('compares every metric', () => {
  const compared = Object.values(metricCases).flatMap(({ metrics }) => metrics)
  expect(new Set([...compared, ...ofLabelLists])).toEqual(new Set(metricKinds))
})

const answerSchema = z.record(z.string(), z.record(z.string(), z.number()))

describeWithPython('metrics against Keras and scikit-learn', () => {
  let expected: z.output<typeof answerSchema> = {}

  beforeAll(async () => {
    const input = { cases: metricCases, topK, batchSize }
    expected = answerSchema.parse(await runPython('tests/parity/keras-metrics.py', { input }))
  })

  it.each(Object.entries(metricCases))('%s have the same values', async (name, given) => {
    const { loss: _loss, ...found } = await run(given)
    const differences = Object.entries(expected[name] ?? {}).map(([metric, value]) => {
      const reported = metric === 'topKAccuracy' ? `top${topK}Accuracy` : metric
      return [
        metric,
        Math.abs((found[reported] ?? Number.NaN) - value) / Math.max(1e-2, Math.abs(value)),
      ] as const
    })
    expect(differences).toHaveLength(given.metrics.length)
    expect(Object.keys(found)).toHaveLength(given.metrics.length)
    for (const [metric, difference] of differences) recorded.record(difference, metric)
    const largest = differences.toSorted(([, a], [, b]) => b - a)[0]
    console.log(`${name}: largest difference ${largest?.[1].toExponential(1)}, of ${largest?.[0]}`)
    for (const [metric, difference] of differences) expect(difference, metric).toBeLessThan(2e-5)
  })
})

import { describe, expect, it } from 'vitest'
import { buildForwardStep } from '../../../src-core/training/build-forward-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import type { TargetDescription } from '../../../src-core/training/losses/output-loss.ts'
import { resolveLosses } from '../../../src-core/training/losses/resolve-loss.ts'
import { readMetrics } from '../../../src-core/training/metrics/read-metrics.ts'
import { documentOf, type LayerLine, planOf } from '../../support/models.ts'
import { openOnnx } from '../../support/run-onnx.ts'

const [samples, steps, tokens] = [4, 5, 6]
const words = Float32Array.from({ length: samples * steps }, (_, at) =>
  at % steps > Math.floor(at / steps) ? 0 : 1 + ((7 * at) % 5),
)
const next: TargetDescription = { kind: 'category', classes: 3, name: 'next', steps }
const kind: TargetDescription = { kind: 'category', classes: 2, name: 'kind' }
const targets = {
  perStep: Int32Array.from({ length: samples * steps }, (_, at) => (5 * at) % 3),
  perSample: Int32Array.of(0, 1, 1, 0),
}

const shared: readonly LayerLine[] = [
  ['input', 'input', { shape: [steps] }],
  ['table', 'embedding', { inputDim: tokens, outputDim: 4, maskZero: true }],
]
const perStep: readonly LayerLine[] = [
  ['tags', 'dense', { units: 3, activation: 'softmax' }, 'table'],
  ['perStep', 'output', { loss: 'sparseCategoricalCrossentropy', lossWeight: 0.5 }],
]
const perSample: readonly LayerLine[] = [
  ['pooled', 'globalAveragePooling1d', {}, 'table'],
  ['whole', 'dense', { units: 2, activation: 'softmax' }],
  ['perSample', 'output'],
]

/** Metrics over the given samples, a batch each time. */
async function evaluate(lines: readonly LayerLine[], batches: readonly (readonly number[])[]) {
  const plan = planOf(documentOf('sequences', [...shared, ...lines]))
  const described = new Map(plan.outputIds.map((id) => [id, id === 'perStep' ? next : kind]))
  const losses = resolveLosses(plan, described)
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  const weights = initializeWeights(plan, 4)
  const sums: number[] = []
  let layout: Parameters<typeof readMetrics>[0] = { metrics: [] }
  for (const rows of batches) {
    const step = buildForwardStep({
      plan,
      losses: losses.value,
      normalization: new Map(),
      batchSize: rows.length,
    })
    const session = await openOnnx(step.graph)
    const feeds: Record<string, Float32Array | Int32Array> = {
      [step.features.get('input')?.input ?? '']: Float32Array.from(
        rows.flatMap((row) => [...words.slice(row * steps, (row + 1) * steps)]),
      ),
      [step.sampleWeight?.input ?? '']: new Float32Array(rows.length).fill(1),
    }
    for (const [id, { input }] of step.targets) {
      const size = id === 'perStep' ? steps : 1
      const all = id === 'perStep' ? targets.perStep : targets.perSample
      feeds[input] = Int32Array.from(rows.flatMap((row) => [...all.slice(row * size, (row + 1) * size)]))
    }
    for (const [name, { input }] of step.weights) {
      feeds[input] = Float32Array.from(weights.get(name)?.data ?? [], Number)
    }
    const results = await session.run(feeds)
    await session.release()
    for (const [at, sum] of Array.from(results[step.sums ?? '']?.data ?? [], Number).entries()) {
      sums[at] = (sums[at] ?? 0) + sum
    }
    layout = step
  }
  return readMetrics(layout, sums)
}

describe('an output with a class at every step', () => {
  it('counts the steps that are not padding, whatever the batches', async () => {
    const whole = await evaluate(perStep, [[0, 1, 2, 3]])
    const parts = await evaluate(perStep, [[0, 1], [2], [3]])
    expect(parts.loss).toBeCloseTo(whole.loss ?? Number.NaN, 6)
    expect(parts.accuracy).toBeCloseTo(whole.accuracy ?? Number.NaN, 6)
    // Ten steps are data; every one of them is right or wrong.
    expect((whole.accuracy ?? 0) * 10).toBeCloseTo(Math.round((whole.accuracy ?? 0) * 10), 5)
  })

  it('keeps its own count beside an output with one class a sample', async () => {
    const batches = [
      [0, 1],
      [2, 3],
    ]
    const both = await evaluate([...perStep, ...perSample], batches)
    const tags = await evaluate(perStep, batches)
    const whole = await evaluate(perSample, batches)
    expect(both['perStep.loss']).toBeCloseTo((tags.loss ?? Number.NaN) / 0.5, 5)
    expect(both['perStep.accuracy']).toBeCloseTo(tags.accuracy ?? Number.NaN, 6)
    expect(both['perSample.loss']).toBeCloseTo(whole.loss ?? Number.NaN, 6)
    expect(both['perSample.accuracy']).toBeCloseTo(whole.accuracy ?? Number.NaN, 6)
    const each = await Promise.all(
      batches.map(async (rows) => {
        const alone = await Promise.all([perStep, perSample].map((lines) => evaluate(lines, [rows])))
        return alone.reduce((sum, { loss = Number.NaN }) => sum + loss, 0)
      }),
    )
    expect(both.loss).toBeCloseTo(each.reduce((sum, loss) => sum + loss, 0) / each.length, 5)
  })

  it.each([
    [
      'loss.head',
      [['end', 'lstm', { units: 3 }] as const, ['perStep', 'output'] as const],
      'Let recurrent layers return sequences',
    ],
    [
      'loss.head',
      [['cut', 'cropping1d', { cropping: [1, 0] }] as const, ['perStep', 'output'] as const],
      `Let the input have ${steps} steps`,
    ],
    [
      'data.tooManyClasses',
      [['tags', 'dense', { units: 2, activation: 'softmax' }] as const, ['perStep', 'output'] as const],
      'Give "tags" 3 units',
    ],
    [
      'loss.target',
      [
        ['tags', 'dense', { units: 3 }] as const,
        ['perStep', 'output', { loss: 'supervisedContrastive' }] as const,
      ],
      'Let the output choose',
    ],
  ])('refuses a head that does not fit with %s', (code, lines, hint) => {
    const plan = planOf(documentOf('sequences', [...shared, ...lines]))
    const losses = resolveLosses(plan, new Map([['perStep', next]]))
    expect(losses.ok).toBe(false)
    if (losses.ok) return
    expect(losses.problems[0]).toMatchObject({ code, severity: 'error' })
    expect(losses.problems[0]?.hint).toContain(hint)
    expect(losses.problems[0]?.message).toMatch(/^[A-Z].*\.$/)
  })
})

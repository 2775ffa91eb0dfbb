import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { differentiate } from '../../src-core/autodiff/differentiate.ts'
import { GraphBuilder } from '../../src-core/tensor-graph/graph-builder.ts'
import type { OutputLoss } from '../../src-core/training/losses/output-loss.ts'
import { sampleLoss } from '../../src-core/training/losses/sample-losses.ts'
import { metricStatistics, outputMetrics } from '../../src-core/training/metrics/output-metrics.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference } from '../support/reference-interpreter/compare.ts'
import { runOnnx } from '../support/run-onnx.ts'
import { type CtcCase, ctcCases, ctcData, ctcMask } from './support/ctc-cases.ts'
import { ctcQuestion } from './support/ctc-training.ts'

const recorded = new LargestDifference()
afterAll(() => {
  console.info(`CTC against PyTorch and Keras: largest relative difference ${recorded}`)
  recorded.save('ctc', 'Connectionist temporal classification and its gradient, against PyTorch and Keras')
})

/** Losses and metrics by sample, and the gradient of the weighted mean, through our graph and onnxruntime. */
async function run(given: CtcCase) {
  const { batch, steps, classes, width, head, fromScores, masked } = given
  const data = ctcData(given)
  const builder = new GraphBuilder('ctc')
  const scores = builder.input('scores', 'float32', [batch, steps, classes])
  const prediction = head === 'none' ? scores : builder.apply(head, [scores], { axis: 2 })
  const target = builder.input('target', 'float32', [batch, width])
  const share = builder.input('share', 'float32', [batch, 1])
  const mask = masked ? builder.input('mask', 'float32', [batch, steps]) : undefined
  const outputLoss: OutputLoss = {
    kind: 'ctc',
    target: 'labels',
    labels: width,
    fromScores,
    weight: 1,
    metrics: ['sequenceAccuracy', 'labelErrorRate'],
  }
  const inputs = { builder, prediction, target, mask }
  const loss = sampleLoss(outputLoss, inputs)
  const mean = builder.apply('ReduceSum', [builder.apply('Mul', [loss, share])], { keepdims: 0 })
  const [gradient] = differentiate(builder, mean, [scores])
  if (!gradient) throw new Error('the loss has no gradient')
  builder.output('losses', loss)
  builder.output('gradient', gradient)
  for (const [kind, columns] of metricStatistics(outputMetrics(outputLoss), inputs, outputLoss)) {
    builder.output(kind, columns)
  }
  const sum = data.sampleWeight.reduce((total, weight) => total + weight, 0)
  const results = await runOnnx(builder.build(), {
    scores: data.scores,
    target: data.targets,
    share: data.sampleWeight.map((weight) => weight / sum),
    ...(masked && { mask: ctcMask(given, data) }),
  })
  const values = (name: string) => Array.from(results[name]?.data ?? [], Number)
  return {
    losses: values('losses'),
    gradient: values('gradient'),
    isRight: values('sequenceAccuracy'),
    errors: values('labelErrors'),
  }
}

const labelLists = z.array(z.array(z.number()))
const torchSchema = z.record(
  z.string(),
  z.object({
    losses: z.array(z.number()),
    gradient: z.array(z.number()),
    read: labelLists,
    edits: z.array(z.number()),
  }),
)
const kerasSchema = z.record(
  z.string(),
  z.object({
    losses: z.array(z.number().nullable()),
    gradient: z.array(z.array(z.number()).nullable()),
    read: labelLists,
  }),
)

/** Largest difference, relative to the largest of the expected values. */
function largestDifference(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length)
  const scale = Math.max(1e-6, ...expected.map(Math.abs))
  return Math.max(...expected.map((value, i) => Math.abs((found[i] ?? Number.NaN) - value) / scale))
}

/** The labels of each sample, without what is behind them. */
function listsOf(given: CtcCase): number[][] {
  const { batch, width } = given
  const { targets } = ctcData(given)
  return Array.from({ length: batch }, (_, row) =>
    Array.from(targets.subarray(row * width, (row + 1) * width)).filter((label) => label > 0),
  )
}

const asked = Object.fromEntries(
  Object.entries(ctcCases).map(([name, given]) => [name, ctcQuestion(given, false)]),
)

describeWithPython('CTC against PyTorch', () => {
  let torch: z.output<typeof torchSchema> = {}
  beforeAll(async () => {
    torch = torchSchema.parse(await runPython('tests/parity/torch-ctc.py', { input: { cases: asked } }))
  })

  it.each(Object.entries(ctcCases))('%s has the same values and gradient', async (name, given) => {
    const expected = torch[name]
    if (!expected) throw new Error(`PyTorch did not answer ${name}`)
    const { losses, gradient, isRight, errors } = await run(given)
    const loss = largestDifference(losses, expected.losses)
    const slope = largestDifference(gradient, expected.gradient)
    recorded.record(Math.max(loss, slope), name)
    console.log(
      `${name}: largest difference ${loss.toExponential(1)}, of the gradient ${slope.toExponential(1)}`,
    )
    expect(loss).toBeLessThan(2e-6)
    expect(slope).toBeLessThan(2e-5)
    const lists = listsOf(given)
    expect(isRight).toEqual(expected.read.map((read, row) => (read.join() === lists[row]?.join() ? 1 : 0)))
    expect(errors).toEqual(lists.flatMap((list, row) => [expected.edits[row], list.length]))
  })

  it('has compared labels that repeat, some that no path gives, and some that are read', () => {
    const told = torch['CTC of labels that are told']
    const rights = told?.edits.filter((count) => count === 0).length ?? 0
    expect(rights).toBeGreaterThan(2)
    expect(rights).toBeLessThan(told?.edits.length ?? 0)
    const repeats = Object.values(ctcCases).flatMap(listsOf)
    expect(repeats.some((list) => list.some((label, at) => label === list[at + 1]))).toBe(true)
    const impossible = torch['CTC of labels that no path gives']
    const given = ctcCases['CTC of labels that no path gives']
    expect(impossible?.losses.filter((loss) => loss === 0).length).toBeGreaterThan(2)
    expect(impossible?.losses.filter((loss) => loss > 0).length).toBeGreaterThan(2)
    expect(given && new Set(ctcData(given).lengths).size).toBeGreaterThan(2)
  })
})

describeWithPython('CTC against Keras', () => {
  it('has the same values and gradients, and reads the same labels', async () => {
    const keras = kerasSchema.parse(await runPython('tests/parity/keras-ctc.py', { input: { cases: asked } }))
    expect(Object.keys(keras).length).toBe(Object.keys(ctcCases).length - 1)
    let unanswered = 0
    for (const [name, expected] of Object.entries(keras)) {
      const given = ctcCases[name]
      if (!given) throw new Error(`there is no case ${name}`)
      const { losses, gradient, errors } = await run(given)
      const known = expected.losses.flatMap((value, row) => (value === null ? [] : [row]))
      const loss = largestDifference(
        known.map((row) => losses[row] ?? Number.NaN),
        known.map((row) => expected.losses[row] ?? Number.NaN),
      )
      const { batch } = given
      const size = gradient.length / batch
      const slope = largestDifference(
        known.flatMap((row) => gradient.slice(row * size, (row + 1) * size)),
        known.flatMap((row) => expected.gradient[row] ?? []),
      )
      unanswered += batch - known.length
      recorded.record(Math.max(loss, slope), `Keras: ${name}`)
      console.log(
        `${name}: Keras's loss differs by ${loss.toExponential(1)}, gradient by ${slope.toExponential(1)}`,
      )
      expect(Math.max(loss, slope), name).toBeLessThan(2e-5)
      // Nothing to put in, leave out or replace where what Keras reads is the target.
      const lists = listsOf(given)
      expect(errors.filter((_, at) => at % 2 === 0).map((count) => count === 0)).toEqual(
        expected.read.map((read, row) => read.join() === lists[row]?.join()),
      )
    }
    // Only what no path gives is left to PyTorch alone.
    expect(unanswered).toBe(5)
  })
})

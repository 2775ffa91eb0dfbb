import { describe, expect, it } from 'vitest'
import { differentiate } from '../../../../src-core/autodiff/differentiate.ts'
import { GraphBuilder } from '../../../../src-core/tensor-graph/graph-builder.ts'
import { sampleLoss } from '../../../../src-core/training/losses/sample-losses.ts'
import { type CtcCase, ctcCases, ctcData, ctcMask } from '../../../parity/support/ctc-cases.ts'
import { relativeDifference } from '../../../support/reference-interpreter/compare.ts'
import { interpret } from '../../../support/reference-interpreter/interpret.ts'
import { runOnnx } from '../../../support/run-onnx.ts'

const loss = { kind: 'ctc', target: 'labels', fromScores: true, weight: 1 } as const

/** The sum of the losses of a batch and its gradient by the scores. */
function graphOf(batch: number, steps: number, classes: number, width: number, masked: boolean) {
  const builder = new GraphBuilder('ctc')
  const prediction = builder.input('scores', 'float32', [batch, steps, classes])
  const target = builder.input('labels', 'float32', [batch, width])
  const mask = masked ? builder.input('mask', 'float32', [batch, steps]) : undefined
  const losses = sampleLoss(loss, { builder, prediction, target, mask })
  const sum = builder.apply('ReduceSum', [losses], { keepdims: 0 })
  const [gradient] = differentiate(builder, sum, [prediction])
  if (!gradient) throw new Error('the loss has no gradient')
  builder.output('losses', losses)
  builder.output('sum', sum)
  builder.output('gradient', gradient)
  return builder.build()
}

const graphFor = ({ batch, steps, classes, width, masked }: CtcCase) =>
  graphOf(batch, steps, classes, width, masked)

/** Losses of samples whose every class is equally likely at every step. */
async function undecided(classes: number, steps: number, lists: readonly (readonly number[])[]) {
  const width = Math.max(...lists.map(({ length }) => length))
  const found = await runOnnx(graphOf(lists.length, steps, classes, width, false), {
    scores: new Float32Array(lists.length * steps * classes),
    labels: Float32Array.from(
      lists.flatMap((list) => [...list, ...new Array<number>(width - list.length).fill(0)]),
    ),
  })
  return {
    losses: Array.from(found.losses?.data ?? [], Number),
    gradient: Array.from(found.gradient?.data ?? [], Number),
  }
}

/** Every way to say something at the steps, counted by what is read. */
function waysToSay(classes: number, steps: number): Map<string, number> {
  const ways = new Map<string, number>()
  for (let path = 0; path < classes ** steps; path++) {
    const told = Array.from({ length: steps }, (_, step) => Math.floor(path / classes ** step) % classes)
    const read = told.filter((label, step) => label > 0 && label !== told[step - 1]).join()
    ways.set(read, (ways.get(read) ?? 0) + 1)
  }
  return ways
}

describe('connectionist temporal classification', () => {
  const compared = [
    'CTC of raw scores',
    'CTC of labels that no path gives',
    'CTC of repeated labels',
    'CTC without labels',
  ]

  it.each(compared)('has the gradient that central differences show: %s', (name) => {
    const given = ctcCases[name]
    if (!given) throw new Error(`there is no case ${name}`)
    const graph = graphFor(given)
    const data = ctcData(given)
    const scores = Array.from(data.scores)
    const feeds = {
      labels: Array.from(data.targets),
      ...(given.masked && { mask: Array.from(ctcMask(given, data)) }),
    }
    const sumAt = (moved: number[]) =>
      interpret(graph, { ...feeds, scores: moved }).sum?.data[0] ?? Number.NaN
    const gradient = interpret(graph, { ...feeds, scores }).gradient?.data ?? []
    const step = 1e-5
    const elements = [...scores.keys()].filter((at) => at % 41 === 0)
    const slopes = elements.map((at) => {
      const own = scores[at] ?? 0
      return (sumAt(scores.with(at, own + step)) - sumAt(scores.with(at, own - step))) / (2 * step)
    })
    const difference = relativeDifference(
      elements.map((at) => gradient[at] ?? Number.NaN),
      slopes,
    )
    console.info(`${name}: gradient against central differences ${difference.toExponential(1)}`)
    expect(elements.length).toBeGreaterThan(5)
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.1)
    expect(difference).toBeLessThan(1e-7)
  })

  it('counts every path that reads as the labels', async () => {
    const [classes, steps] = [3, 6]
    const ways = waysToSay(classes, steps)
    const lists = [...ways.keys()].map((list) => list.split(',').filter(Boolean).map(Number))
    const { losses } = await undecided(classes, steps, lists)
    expect(lists.length).toBeGreaterThan(40)
    for (const [row, count] of [...ways.values()].entries()) {
      expect(losses[row]).toBeCloseTo(steps * Math.log(classes) - Math.log(count), 5)
    }
  })

  it('loses nothing, and learns nothing, where no path reads as the labels', async () => {
    const { losses, gradient } = await undecided(3, 4, [
      [1, 1, 1],
      [1, 2, 1, 2, 1],
      [2, 1, 2],
    ])
    expect(losses.slice(0, 2)).toEqual([0, 0])
    expect(losses[2]).toBeGreaterThan(1)
    expect(new Set(gradient.slice(0, 24).map(Math.abs))).toEqual(new Set([0]))
    expect(gradient.slice(24).some((slope) => Math.abs(slope) > 0.1)).toBe(true)
  })

  it('is the same wherever padding lies, and does not look at it', async () => {
    const graph = graphOf(3, 6, 3, 2, true)
    const data = Array.from({ length: 12 }, (_, at) => Math.sin(at + 1))
    const padding = [1000, -1000, 50]
    const labels = Float32Array.of(1, 1, 1, 1, 1, 1)
    const rows = [
      [...data, ...padding, ...padding],
      [...padding, ...padding, ...data],
      [...data.slice(0, 6), ...padding, ...padding, ...data.slice(6)],
    ]
    const found = await runOnnx(graph, {
      scores: Float32Array.from(rows.flat()),
      labels,
      mask: Float32Array.of(1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1),
    })
    const [first = Number.NaN, ...others] = Array.from(found.losses?.data ?? [], Number)
    expect(first).toBeGreaterThan(0.5)
    for (const other of others) expect(other).toBeCloseTo(first, 5)
    const gradient = Array.from(found.gradient?.data ?? [], Number)
    expect(gradient.slice(12, 24).every((slope) => Math.abs(slope) === 0)).toBe(true)
    expect(gradient.every(Number.isFinite)).toBe(true)
  })
})

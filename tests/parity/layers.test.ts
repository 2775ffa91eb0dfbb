import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { allLayerDefinitions } from '../../src-core/layers/catalogue.ts'
import { elementCount } from '../../src-core/tensor-graph/types.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference, relativeDifference } from '../support/reference-interpreter/compare.ts'
import { lowerOneLayer, runLayer, shaped, someValues } from '../unit/layers/run-layer.ts'
import { layerCases } from './layer-cases/all-cases.ts'
import type { LayerCase } from './layer-cases/layer-case.ts'

/** Layers that have nothing to compute. */
const withoutComputation = ['input', 'output', 'adversarialPair']

const batchSize = 3

function inputTensors({ inputs, indicesBelow }: LayerCase) {
  return inputs.map((shape, index) => {
    const values = someValues(batchSize * elementCount(shape), index)
    const data =
      indicesBelow === undefined
        ? values.map((value) => 2 * value + 0.3)
        : values.map((value) => Math.floor(Math.abs(value) * 0.999 * indicesBelow))
    return { shape, data }
  })
}

function weightTensors({ kind, inputs, parameters }: LayerCase) {
  return shaped(kind, inputs, parameters).weights.map(({ name, shape }, index) => ({
    name,
    shape,
    // Variances must not be negative; nothing else minds being positive.
    data: someValues(elementCount(shape), index + 5).map((value) => 0.1 + Math.abs(value)),
  }))
}

function runOf(one: LayerCase) {
  return {
    inputs: inputTensors(one),
    ...(one.parameters ? { parameters: one.parameters } : {}),
    weights: Object.fromEntries(weightTensors(one).map((weight) => [weight.name, weight.data])),
    batchSize,
    training: one.training === true,
    ...(one.masks && { masks: one.masks.map((mask) => mask && Float32Array.from(mask)) }),
  }
}

/** The noise that a case is run with, in the order in which the layer asks for it. */
function noiseOf(one: LayerCase) {
  const { builder, feeds } = lowerOneLayer(one.kind, runOf(one))
  return builder
    .build()
    .inputs.filter(({ name }) => name.startsWith('noise'))
    .map(({ name, shape }) => ({ shape, data: [...(feeds[name] ?? [])] }))
}

function questionFor(one: LayerCase) {
  return {
    ...one.keras,
    python: one.python ?? null,
    inputs: inputTensors(one).map(({ shape, data }) => ({ shape: [batchSize, ...shape], data: [...data] })),
    weights: weightTensors(one).map(({ name, shape, data }) => ({ name, shape, data: [...data] })),
    masks: (one.masks ?? []).map((mask) => mask ?? null),
    noise: one.python?.includes('noise') ? noiseOf(one) : [],
    training: one.training === true,
  }
}

const answerSchema = z.record(z.string(), z.object({ shape: z.array(z.int()), data: z.array(z.number()) }))

describeWithPython('layers against Keras and PyTorch', () => {
  let answers: z.output<typeof answerSchema> = {}
  const differences = new LargestDifference()

  beforeAll(async () => {
    const input = Object.fromEntries(
      Object.entries(layerCases).map(([name, one]) => [name, questionFor(one)]),
    )
    answers = answerSchema.parse(await runPython('tests/parity/keras-layers.py', { input }))
  })
  afterAll(() => {
    console.info(`layers against Python: largest relative difference ${differences}`)
    differences.save('layers', 'Layers, forward, from equal weights, against Keras and PyTorch')
  })

  it('compare every kind that computes something', () => {
    const compared = new Set([...Object.values(layerCases).map(({ kind }) => kind), ...withoutComputation])
    expect([...compared].sort()).toEqual(allLayerDefinitions.map(({ kind }) => kind).sort())
  })

  it.each(Object.entries(layerCases))('%s gives the same numbers', async (name, one) => {
    const ours = await runLayer(one.kind, runOf(one))
    const theirs = answers[name]
    expect(ours.shape).toEqual(theirs?.shape)
    const difference = relativeDifference(ours.data, theirs?.data ?? [])
    differences.record(difference, name)
    expect(difference).toBeLessThan(2e-5)
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serialiseOnnx } from '../../../src-core/tensor-graph/onnx-serialisation.ts'
import { elementCount, type NamedTensor, type TensorData } from '../../../src-core/tensor-graph/types.ts'
import { runPhase } from '../../../src-core/training/accumulation.ts'
import { buildForwardStep, buildInferenceGraph } from '../../../src-core/training/build-forward-step.ts'
import { buildTrainStep, type TrainStepOptions } from '../../../src-core/training/build-train-step.ts'
import { runModelFile } from '../../../src-main/engine/process/onnx/run-model-file.ts'
import {
  batchesOf,
  batchSize,
  features,
  learningRate,
  optionsOf,
  statefulCases,
  stepsPerEpoch,
  windowSteps,
} from '../../parity/support/stateful-cases.ts'
import { openOnnx } from '../../support/run-onnx.ts'
import { train } from '../../support/train-loop.ts'
import { start } from '../../support/training-options.ts'
import { largestDifference } from '../layers/largest-difference.ts'

const rates = { learningRate, epochSteps: stepsPerEpoch }

function caseOf(name: string) {
  const one = statefulCases[name]
  if (!one) throw new Error(`there is no case ${name}`)
  return one
}

/** The graphs of a training, of the phases of gradient accumulation. */
function graphsOf(options: TrainStepOptions) {
  const every = options.update?.gradientAccumulationSteps ?? 1
  const built = new Map<number, ReturnType<typeof buildTrainStep>>()
  return (before: number) => {
    const phase = runPhase(before, every, options.stepsPerRun)
    const step = built.get(phase) ?? buildTrainStep({ ...options, phase })
    built.set(phase, step)
    return step
  }
}

describe.each(Object.entries(statefulCases))('steps of %s', (_name, one) => {
  const ways: readonly [string, Partial<TrainStepOptions>][] = [
    ['in float32', {}],
    ['with accumulated gradients', { update: { gradientAccumulationSteps: 2 } }],
    ['under mixed precision', { precision: 'mixed16' }],
  ]
  it.each(ways)('%s are the same to the bit, chained and single', async (_way, changes) => {
    const options = optionsOf(one, changes)
    const single = await train(graphsOf(options), start(options), batchesOf(one), rates)
    for (const stepsPerRun of [2, 3]) {
      const graphs = graphsOf({ ...options, stepsPerRun })
      const chained = await train(graphs, start(options), batchesOf(one), rates)
      expect(chained.means).toEqual(single.means)
      expect(chained.tensors).toEqual(single.tensors)
    }
  })
})

describe('back-propagation', () => {
  it('ends at the edge of a batch where chained steps read one and the same weight', async () => {
    // Large weights are not packed with others: without a step of the optimizer both batches read the same tensor.
    const one = caseOf('simpleRnn')
    const layers = one.layers.map((layer) => ({ ...layer, parameters: { ...layer.parameters, units: 128 } }))
    const options = optionsOf({ ...one, layers }, { update: { gradientAccumulationSteps: 2 } })
    const single = await train(graphsOf(options), start(options), batchesOf(one), rates)
    const graphs = graphsOf({ ...options, stepsPerRun: 2 })
    const { input } = graphs(0).state.find(({ input }) => input.includes('recurrentKernel')) ?? {}
    expect(input).toBe('state/layer0.recurrentKernel')
    const chained = await train(graphs, start(options), batchesOf(one), rates)
    expect(chained.tensors).toEqual(single.tensors)
  })
})

describe('the graph of a training step', () => {
  it('lists what is carried beside its state', () => {
    const { carried, state } = buildTrainStep(optionsOf(caseOf('lstm on simpleRnn on gru')))
    expect(carried.map(({ name, shape }) => [name, shape])).toEqual([
      ['layer0.h', [4, 4]],
      ['layer1.h', [4, 3]],
      ['layer2.h', [4, 5]],
      ['layer2.c', [4, 5]],
    ])
    const inputs = state.map(({ input }) => input)
    for (const { input } of carried) expect(inputs).not.toContain(input)
  })

  it('is what it was where no layer is stateful', () => {
    const one = caseOf('lstm')
    const plain = {
      ...one,
      layers: one.layers.map((layer) => ({ ...layer, parameters: { units: 4 } })),
    }
    const off = {
      ...one,
      layers: one.layers.map((layer) => ({ ...layer, parameters: { units: 4, stateful: false } })),
    }
    const step = buildTrainStep(optionsOf(off))
    expect(step.carried).toEqual([])
    expect(step.graph).toEqual(buildTrainStep(optionsOf(plain)).graph)
  })
})

describe('an exported stateful model', () => {
  /** The weights after some training, so that nothing is zero. */
  async function trained(name: string) {
    const one = caseOf(name)
    const options = optionsOf(one)
    const { tensors } = await train(buildTrainStep(options), start(options), batchesOf(one), rates)
    return { plan: options.plan, tensors, batches: batchesOf(one).slice(0, 3) }
  }

  /** Predictions of the app for batches that follow each other. */
  async function predicted(
    { plan, tensors, batches }: Awaited<ReturnType<typeof trained>>,
    carriesStates: boolean,
  ) {
    const forward = buildForwardStep({ plan, normalization: new Map(), batchSize, carriesStates })
    const session = await openOnnx(forward.graph)
    const weights = [...forward.weights].map(([name, { input }]) => [input, dataOf(tensors, name)])
    let states: Record<string, TensorData> = Object.fromEntries(
      forward.carried.map(({ input, shape }) => [input, new Float32Array(elementCount(shape))]),
    )
    const found: TensorData[] = []
    for (const { features: given } of batches) {
      const results = await session.run({
        ...Object.fromEntries(weights),
        ...states,
        [forward.features.get('input')?.input ?? '']: given.input ?? new Float32Array(),
      })
      states = Object.fromEntries(
        forward.carried.map(({ input, output }) => [input, results[output]?.data ?? new Float32Array()]),
      )
      found.push(results[forward.predictions.get('output') ?? '']?.data ?? new Float32Array())
    }
    await session.release()
    return found
  }

  function dataOf(tensors: ReadonlyMap<string, NamedTensor>, name: string): TensorData {
    const tensor = tensors.get(name)
    if (!tensor) throw new Error(`there is no weight ${name}`)
    return tensor.data
  }

  const numbers = (data: TensorData | undefined) => Array.from(data ?? [], Number)

  it.each(Object.keys(statefulCases))(
    '%s: three batches in a row, as the app predicts them',
    async (name) => {
      const model = await trained(name)
      const graph = buildInferenceGraph(model.plan, model.tensors, new Map())
      const states = graph.inputs.filter(({ name }) => name.startsWith('state/'))
      expect(states.length).toBeGreaterThan(0)
      const outputs = states.map(({ name }) => name.replace('state/', 'next/'))
      expect(graph.outputs.map(({ name }) => name)).toEqual(['output', ...outputs])
      const session = await openOnnx(graph, {}, { dynamicBatch: true })
      const shapes = Object.fromEntries(states.map(({ name, shape }) => [name, shape.with(0, batchSize)]))
      let held: Record<string, TensorData> = Object.fromEntries(
        Object.entries(shapes).map(([name, shape]) => [name, new Float32Array(elementCount(shape))]),
      )
      const [carried, fromZero] = [await predicted(model, true), await predicted(model, false)]
      for (const [index, { features: given }] of model.batches.entries()) {
        const results = await session.run(
          { input: given.input ?? new Float32Array(), ...held },
          { input: [batchSize, windowSteps, features], ...shapes },
        )
        const found = numbers(results.output?.data)
        expect(largestDifference(found, numbers(carried[index]))).toBeLessThan(1e-6)
        // Without what is handed on, only the first batch would be right.
        if (index > 0) expect(largestDifference(found, numbers(fromZero[index]))).toBeGreaterThan(1e-4)
        held = Object.fromEntries(
          states.map(({ name }) => [
            name,
            results[name.replace('state/', 'next/')]?.data ?? new Float32Array(),
          ]),
        )
      }
      await session.release()
    },
  )

  it('begins at zero where a program of ours gives no states', async () => {
    const model = await trained('lstm on simpleRnn on gru')
    const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-stateful-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = path.join(folder, 'model.onnx')
    const graph = buildInferenceGraph(model.plan, model.tensors, new Map())
    writeFileSync(file, serialiseOnnx(graph, { dynamicBatch: true }))
    const fromZero = await predicted(model, false)
    for (const [index, { features: given }] of model.batches.entries()) {
      const data = given.input ?? new Float32Array()
      const found = await runModelFile(file, { input: { shape: [batchSize, windowSteps, features], data } })
      expect(largestDifference(found.output?.data, numbers(fromZero[index]))).toBeLessThan(1e-6)
    }
  })
})

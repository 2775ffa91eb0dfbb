import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { elementCount, type NamedTensor, type TensorData } from '../../src-core/tensor-graph/types.ts'
import { buildForwardStep } from '../../src-core/training/build-forward-step.ts'
import { buildTrainStep, type TrainStepOptions } from '../../src-core/training/build-train-step.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { LargestDifference } from '../support/reference-interpreter/compare.ts'
import { openOnnx } from '../support/run-onnx.ts'
import { type Batch, train } from '../support/train-loop.ts'
import {
  batchesOf,
  batchSize,
  epochs,
  features,
  learningRate,
  optionsOf,
  type StatefulCase,
  sequenceOf,
  statefulCases,
  stepsPerEpoch,
  weightsOf,
  windowSteps,
} from './support/stateful-cases.ts'

const answerSchema = z.record(
  z.string(),
  z.object({ losses: z.array(z.number()), weights: z.array(z.array(z.number())), validation: z.number() }),
)

function questionOf(one: StatefulCase) {
  const { layers } = weightsOf(one, optionsOf(one))
  const recurrent = one.layers.map(({ keras }) => keras)
  const head = { class: 'Dense', arguments: { units: 1 } }
  const { x, y } = sequenceOf(one)
  return {
    masked: one.masked,
    epochs,
    x: [...x],
    y: [...y],
    layers: [...recurrent, head].map((layer, index) => ({
      ...layer,
      weights: (layers[index] ?? []).map(({ shape, data }) => ({ shape, data: Array.from(data, Number) })),
    })),
  }
}

const relative = (found: number | undefined, expected: number) =>
  Math.abs((found ?? Number.NaN) - expected) / Math.max(0.1, Math.abs(expected))

/** The mean loss over batches in a row. */
async function evaluate(
  { plan, losses, normalization }: TrainStepOptions,
  tensors: ReadonlyMap<string, NamedTensor>,
  batches: readonly Batch[],
): Promise<number> {
  const forward = buildForwardStep({ plan, losses, normalization, batchSize, carriesStates: true })
  const session = await openOnnx(forward.graph)
  const ports = (of: ReadonlyMap<string, { readonly input: string }>, name: string) =>
    of.get(name)?.input ?? ''
  const weights = [...forward.weights].map(([name, { input }]) => [input, tensors.get(name)?.data])
  let states: Record<string, TensorData | undefined> = Object.fromEntries(
    forward.carried.map(({ input, shape }) => [input, new Float32Array(elementCount(shape))]),
  )
  const found: number[] = []
  for (const { features, targets } of batches) {
    const results = await session.run({
      ...Object.fromEntries(weights),
      ...states,
      [ports(forward.features, 'input')]: features.input,
      [ports(forward.targets, 'output')]: targets.output,
      [forward.sampleWeight?.input ?? '']: new Float32Array(batchSize).fill(1),
    })
    states = Object.fromEntries(forward.carried.map(({ input, output }) => [input, results[output]?.data]))
    const sums = results[forward.sums ?? '']?.data ?? []
    found.push(Number(sums[1]) / Number(sums[0]))
  }
  await session.release()
  return found.reduce((sum, loss) => sum + loss, 0) / found.length
}

const recorded = new LargestDifference()
afterAll(() =>
  recorded.save(
    'stateful',
    'Two epochs of stateful layers over one sequence, losses and weights, against Keras',
  ),
)

describeWithPython('stateful layers over one sequence, against Keras', () => {
  let keras: z.output<typeof answerSchema> = {}
  beforeAll(async () => {
    const cases = Object.fromEntries(
      Object.entries(statefulCases).map(([name, one]) => [name, questionOf(one)]),
    )
    const input = { batch: batchSize, steps: windowSteps, features, learningRate, cases }
    keras = answerSchema.parse(await runPython('tests/parity/keras-stateful.py', { input }))
  })

  it.each(Object.entries(statefulCases))('%s: equal losses and weights', async (name, one) => {
    const theirs = keras[name]
    if (!theirs) throw new Error(`Keras did not answer ${name}`)
    const options = optionsOf(one)
    const { tensors, layers } = weightsOf(one, options)
    const batches = batchesOf(one)
    const rates = { learningRate, epochSteps: stepsPerEpoch }
    const ours = await train(buildTrainStep(options), tensors, batches, rates)
    const losses = ours.means.map(({ loss }) => loss)
    expect(theirs.losses).toHaveLength(epochs * stepsPerEpoch)
    const lossDifferences = theirs.losses.map((loss, step) => relative(losses[step], loss))
    const weightDifferences = layers.flat().flatMap((weight, index) => {
      const found = ours.tensors.get(weight.name)?.data ?? []
      return (theirs.weights[index] ?? []).map((value, at) => relative(Number(found[at]), value))
    })
    const largest = Math.max(...lossDifferences, ...weightDifferences)
    recorded.record(largest, name)
    console.log(`${name}: largest difference ${largest.toExponential(1)}`)
    expect(largest).toBeLessThan(1e-4)

    // Kept apart from what training carries, an evaluation begins at zero and goes on from batch to batch.
    const evaluated = await evaluate(options, ours.tensors, batches.slice(0, stepsPerEpoch))
    expect(relative(evaluated, theirs.validation)).toBeLessThan(1e-4)

    // What is compared depends on the states: batches that begin at zero give other losses.
    const forgetful = await train(buildTrainStep(options), tensors, batches, { ...rates, epochSteps: 1 })
    const others = theirs.losses.map((loss, step) => relative(forgetful.means[step]?.loss, loss))
    expect(others[0]).toBeLessThan(1e-4)
    expect(Math.max(...others)).toBeGreaterThan(1e-3)
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import type { OutputLoss } from '../../../src-core/training/losses/output-loss.ts'
import { uniform } from '../../../src-core/training/random.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import { type BatchSource, batchPart } from '../../../src-main/engine/process/batch.ts'
import { OnnxEngine } from '../../../src-main/engine/process/onnx/onnx-engine.ts'
import { TrainLoop } from '../../../src-main/engine/process/train-loop.ts'
import { classifier } from '../../contract/engine/support/training-place.ts'

const samples = 40
const rows = Uint32Array.from({ length: samples }, (_, row) => (row * 7) % samples)

const source: BatchSource = {
  features: (_, { shape }) => {
    const write = (row: number, target: Float32Array, at: number) => {
      for (let index = 0; index < 4; index++) target[at + index] = uniform(1, 'x', row, index) - 0.5
    }
    return batchPart({ size: 4, write }, shape[0] ?? 1, new Float32Array((shape[0] ?? 1) * 4))
  },
  targets: (_, { shape }) => {
    const write = (row: number, target: Int32Array, at: number) => {
      target[at] = row % 3
    }
    return batchPart({ size: 1, write }, shape[0] ?? 1, new Int32Array(shape[0] ?? 1))
  },
}

// Two dense layers with dropout between them.
const plan = compiled()
const [outputId = ''] = plan.outputIds
const loss: OutputLoss = {
  kind: 'sparseCategoricalCrossentropy',
  target: 'classIndex',
  fromScores: true,
  weight: 1,
}

const loops: TrainLoop[] = []

/** Another rate for every step. */
const learningRate = (step: number) => 0.01 / (1 + step)

async function newLoop(
  tensors: ReadonlyMap<string, NamedTensor> = initializeWeights(plan, 3),
  gradientAccumulationSteps = 1,
): Promise<TrainLoop> {
  const loop = new TrainLoop({
    engine: new OnnxEngine({ provider: 'cpu', device: '', threads: 1 }),
    accumulationSteps: gradientAccumulationSteps,
    build: (batchSize, stepsPerRun, phase) =>
      buildTrainStep({
        update: { gradientAccumulationSteps },
        phase,
        plan: plan,
        optimizer: optimizerSchema.parse({ kind: 'adam' }),
        losses: new Map([[outputId, loss]]),
        normalization: new Map(),
        batchSize,
        stepsPerRun,
      }),
    source,
    seed: 3,
  })
  loops.push(loop)
  await loop.load(tensors, 4)
  return loop
}

function compiled(): ModelPlan {
  const { plan } = compileModel(classifier())
  if (!plan) throw new Error('the test model does not compile')
  return plan
}

/** Takes steps from `step` on, so many at a time; returns the sums of all of them. */
async function steps(loop: TrainLoop, step: number, stepsPerRun: readonly number[]): Promise<number[]> {
  const sums: number[] = []
  let at = step
  for (const count of stepsPerRun) {
    sums.push(
      ...Array.from(
        await loop.run({ rows, from: at * 4, batchSize: 4, stepsPerRun: count, step: at, learningRate }),
      ),
    )
    at += count
  }
  return sums
}

afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.dispose()))
})

describe('TrainLoop', () => {
  it('takes the same steps to the last bit, however many are chained in a run', async () => {
    const single = await newLoop()
    const expected = await steps(single, 0, [1, 1, 1, 1, 1, 1, 1, 1])
    for (const chained of [[8], [4, 1, 2, 1], [2, 2, 4]]) {
      const loop = await newLoop()
      expect(await steps(loop, 0, chained)).toEqual(expected)
      expect(await loop.tensors()).toEqual(await single.tensors())
    }
  })

  it('goes on exactly from the tensors it gave', async () => {
    const whole = await newLoop()
    const expected = await steps(whole, 0, [1, 1, 1, 1, 1, 1])
    const first = await newLoop()
    const begun = await steps(first, 0, [1, 2])
    const second = await newLoop(new Map((await first.tensors()).map((tensor) => [tensor.name, tensor])))
    expect([...begun, ...(await steps(second, 3, [2, 1]))]).toEqual(expected)
  })

  it.each([2, 3, 5])('accumulates over %i batches the same, however many are chained', async (every) => {
    const single = await newLoop(undefined, every)
    const expected = await steps(single, 0, [1, 1, 1, 1, 1, 1, 1, 1])
    expect(expected).not.toEqual(await steps(await newLoop(), 0, [1, 1, 1, 1, 1, 1, 1, 1]))
    for (const chained of [[8], [4, 1, 2, 1], [2, 2, 4]]) {
      const loop = await newLoop(undefined, every)
      expect(await steps(loop, 0, chained)).toEqual(expected)
      expect(await loop.tensors()).toEqual(await single.tensors())
    }
    const first = await newLoop(undefined, every)
    await steps(first, 0, [1, 2])
    const tensors = new Map((await first.tensors()).map((tensor) => [tensor.name, tensor]))
    const second = await newLoop(tensors, every)
    await steps(second, 3, [1, 4])
    expect(await second.tensors()).toEqual(await single.tensors())
  })

  it('takes batches of another size from the same state', async () => {
    const loop = await newLoop()
    await steps(loop, 0, [1])
    const sums = await loop.run({ rows, from: 37, batchSize: 3, stepsPerRun: 1, step: 1, learningRate })
    expect(sums[loop.sums.sumNames.indexOf('sampleWeight')]).toBe(3)
    expect(sums[loop.sums.sumNames.indexOf('loss')]).toBeGreaterThan(0)
  })

  it('names weights and optimizer slots', async () => {
    const loop = await newLoop()
    const names = (await loop.tensors()).map(({ name }) => name)
    expect(names).toContain('dense_1.kernel')
    expect(names.filter((name) => name.startsWith('optimizer/'))).toHaveLength(2 * 4)
    const elements = (await loop.tensors()).reduce((sum, { data }) => sum + data.length, 0)
    expect(loop.stateBytes).toBe(4 * elements)
  })
})

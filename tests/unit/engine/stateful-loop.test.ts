import { afterEach, describe, expect, it } from 'vitest'
import { streamOrder } from '../../../src-core/datasets/stream-order.ts'
import { buildForwardStep } from '../../../src-core/training/build-forward-step.ts'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import { uniform } from '../../../src-core/training/random.ts'
import { type BatchSource, batchPart } from '../../../src-main/engine/process/batch.ts'
import { Evaluator } from '../../../src-main/engine/process/evaluator.ts'
import { OnnxEngine } from '../../../src-main/engine/process/onnx/onnx-engine.ts'
import { TrainLoop } from '../../../src-main/engine/process/train-loop.ts'
import { features, optionsOf, statefulCases, windowSteps } from '../../parity/support/stateful-cases.ts'
import { start } from '../../support/training-options.ts'

const one = statefulCases['lstm on simpleRnn on gru']
if (!one) throw new Error('there is no such case')
const options = optionsOf(one)
const tensors = start(options)
const [samples, batchSize] = [26, 4]
const size = windowSteps * features
const order = streamOrder(
  Uint32Array.from({ length: samples }, (_, row) => row),
  batchSize,
)

const source: BatchSource = {
  features: (_, { shape: [rows = 1] }) => {
    const write = (row: number, target: Float32Array, at: number) => {
      for (let index = 0; index < size; index++) target[at + index] = uniform(1, 'x', row, index) - 0.5
    }
    return batchPart({ size, write }, rows, new Float32Array(rows * size))
  },
  targets: (_, { shape: [rows = 1] }) => {
    const write = (row: number, target: Float32Array, at: number) => {
      target[at] = uniform(1, 'y', row, 0) - 0.5
    }
    return batchPart({ size: 1, write }, rows, new Float32Array(rows))
  },
}

const engine = new OnnxEngine({ provider: 'cpu', device: '', threads: 1 })
const disposables: { dispose(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(disposables.splice(0).map((each) => each.dispose()))
})

async function newLoop(weights = tensors): Promise<TrainLoop> {
  const build = (rows: number, stepsPerRun: number) =>
    buildTrainStep({ ...options, batchSize: rows, stepsPerRun })
  const loop = new TrainLoop({ engine, build, source, seed: 3 })
  disposables.push(loop)
  await loop.load(weights, batchSize)
  return loop
}

function newEvaluator(): Evaluator {
  const build = (rows: number) => buildForwardStep({ ...options, batchSize: rows, carriesStates: true })
  const evaluator = new Evaluator({ engine, build, source, batchSize, isStateful: true, seed: 3 })
  disposables.push(evaluator)
  return evaluator
}

/** Whole batches from `step` on, so many at a time; their losses. */
async function steps(loop: TrainLoop, step: number, stepsPerRun: readonly number[], learningRate = 0.01) {
  const losses: number[] = []
  let at = step
  for (const count of stepsPerRun) {
    const from = at * batchSize
    const sums = await loop.run({
      rows: order,
      from,
      batchSize: Math.min(batchSize, samples - from),
      stepsPerRun: count,
      step: at,
      learningRate: () => learningRate,
    })
    const { length } = loop.sums.sumNames
    for (let k = 0; k < count; k++) losses.push((sums[k * length + 1] ?? 0) / (sums[k * length] ?? 0))
    at += count
  }
  return losses
}

describe('a loop over stateful layers', () => {
  it('takes the same steps to the bit, however many are chained, with a short last batch', async () => {
    const single = await newLoop()
    const expected = await steps(single, 0, [1, 1, 1, 1, 1, 1, 1])
    for (const chained of [
      [2, 2, 2, 1],
      [4, 1, 1, 1],
    ]) {
      const loop = await newLoop()
      expect(await steps(loop, 0, chained)).toEqual(expected)
      expect(await loop.tensors()).toEqual(await single.tensors())
      expect(await loop.states()).toEqual(await single.states())
    }
  })

  it('goes on exactly from the tensors and the states it gave', async () => {
    const whole = await newLoop()
    const expected = await steps(whole, 0, [1, 1, 1, 1, 1, 1, 1])
    const first = await newLoop()
    const begun = await steps(first, 0, [2, 1])
    const named = [...(await first.tensors()), ...(await first.states())]
    const kept = new Map(named.map((tensor) => [tensor.name, tensor]))
    const second = await newLoop(kept)
    second.loadStates(kept)
    expect([...begun, ...(await steps(second, 3, [2, 1, 1]))]).toEqual(expected)
    const forgetful = await newLoop(kept)
    expect(await steps(forgetful, 3, [1])).not.toEqual(expected.slice(3, 4))
  })

  it('begins at zero again when it is told to', async () => {
    const loop = await newLoop()
    const still = (times: readonly number[]) => steps(loop, 0, times, 0)
    const first = await still([1, 1, 1])
    expect((await still([1]))[0]).not.toBe(first[0])
    loop.resetStates()
    expect(await still([1, 1, 1])).toEqual(first)
  })

  it('is not disturbed by what is scored in between', async () => {
    const alone = await newLoop()
    const expected = await steps(alone, 0, [1, 1, 1, 1, 1, 1])
    const [loop, evaluator] = [await newLoop(), newEvaluator()]
    const losses: number[] = []
    const rows = Uint32Array.from({ length: 11 }, (_, row) => 7 + row)
    for (let step = 0; step < 6; step++) {
      losses.push(...(await steps(loop, step, [1])))
      await evaluator.evaluate(new Map((await loop.tensors()).map((each) => [each.name, each])), rows)
    }
    expect(losses).toEqual(expected)
    expect(await loop.states()).toEqual(await alone.states())
  })

  it('is scored from zero every time, in the order of training, a short last batch included', async () => {
    // Steps that move nothing score as they go.
    const loop = await newLoop()
    const losses = await steps(loop, 0, [1, 1, 1, 1, 1, 1, 1], 0)
    const counts = losses.map((_, step) => Math.min(batchSize, samples - step * batchSize))
    const mean = losses.reduce((sum, loss, step) => sum + loss * (counts[step] ?? 0), 0) / samples
    const evaluator = newEvaluator()
    const rows = Uint32Array.from({ length: samples }, (_, row) => row)
    const scored = await evaluator.evaluate(tensors, rows)
    expect(scored?.loss).toBeCloseTo(mean, 6)
    expect(await evaluator.evaluate(tensors, rows)).toEqual(scored)
  })
})

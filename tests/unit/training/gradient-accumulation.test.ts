import { describe, expect, it } from 'vitest'
import { movesAfter, runPhase } from '../../../src-core/training/accumulation.ts'
import { buildTrainStep, type TrainStepOptions } from '../../../src-core/training/build-train-step.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import type { TrainStep } from '../../../src-core/training/train-step.ts'
import { expectClose } from '../../support/expect-close.ts'
import { leNet, mlp, smallResNet } from '../../support/models.ts'
import { type Batch, train } from '../../support/train-loop.ts'
import { batchesFor, category, optionsFor, rate, start, valuesOf } from '../../support/training-options.ts'

const small = mlp(6, [5], 4)

/** The graphs of a training, one per phase. */
function graphs(options: TrainStepOptions): (batchesBefore: number) => TrainStep {
  const built = new Map<number, TrainStep>()
  return (batchesBefore) => {
    const steps = options.update?.gradientAccumulationSteps ?? 1
    const phase = runPhase(batchesBefore, steps, options.stepsPerRun)
    const step = built.get(phase) ?? buildTrainStep({ ...options, phase })
    built.set(phase, step)
    return step
  }
}

function accumulating(options: TrainStepOptions, gradientAccumulationSteps: number): TrainStepOptions {
  return { ...options, update: { gradientAccumulationSteps } }
}

describe('gradient accumulation', () => {
  it('over two batches moves weights like one batch of both', async () => {
    const options = optionsFor(small, category(4), { batchSize: 4 })
    const [first, second] = batchesFor(options, 2)
    if (!first || !second) throw new Error('no batches')
    const both: Batch = {
      features: {
        input: Float32Array.of(...(first.features.input ?? []), ...(second.features.input ?? [])),
      },
      targets: { output: Int32Array.of(...(first.targets.output ?? []), ...(second.targets.output ?? [])) },
    }
    const whole = { ...options, batchSize: 8 }
    const ours = await train(graphs(accumulating(options, 2)), start(options), [first, second], rate)
    const theirs = await train(buildTrainStep(whole), start(whole), [both], rate)
    for (const name of theirs.tensors.keys()) {
      expectClose(valuesOf(ours.tensors, name), valuesOf(theirs.tensors, name), 1e-6)
    }
  })

  it('leaves weights and slots alone in between, and collects the sum of the gradients', async () => {
    const options = optionsFor(small, category(4), { optimizer: optimizerSchema.parse({ kind: 'sgd' }) })
    const batches = batchesFor(options, 2)
    const before = start(options)
    const { tensors } = await train(graphs(accumulating(options, 3)), before, batches, { learningRate: 1 })
    for (const [name, { data }] of before) expect(tensors.get(name)?.data).toEqual(data)
    // With a learning rate of 1, plain descent from the same weights shows the gradients.
    const gradients = await Promise.all(
      batches.map(async (batch) => {
        const moved = await train(buildTrainStep(options), before, [batch], { learningRate: 1 })
        return valuesOf(before, 'head.kernel').map(
          (value, i) => value - (valuesOf(moved.tensors, 'head.kernel')[i] ?? 0),
        )
      }),
    )
    const sums = gradients[0]?.map((value, i) => value + (gradients[1]?.[i] ?? 0)) ?? []
    expectClose(valuesOf(tensors, 'optimizer/gradientAccumulator/head.kernel'), sums, 1e-6)
  })

  it('takes a short batch as one of its batches', async () => {
    const options = accumulating(optionsFor(small), 2)
    const short = { ...options, batchSize: 3 }
    const [long] = batchesFor(options, 1)
    const [last] = batchesFor(short, 1)
    if (!long || !last) throw new Error('no batches')
    const first = await train(graphs(options), start(options), [long], rate)
    const second = await train(graphs(short), first.tensors, [last], { ...rate, stepsBefore: 1 })
    expect(second.tensors.get('head.kernel')).not.toEqual(first.tensors.get('head.kernel'))
    expect(second.tensors.get('optimizer/gradientAccumulator/head.kernel')?.data).toEqual(
      new Float32Array(20),
    )
  })

  it.each([
    ['an MLP', small, 4, 3, 4],
    ['an MLP', small, 4, 4, 2],
    ['an MLP', small, 4, 2, 4],
    ['a network with convolutions and dropout', leNet(0.5), 10, 5, 2],
    ['a network with batch normalisation', smallResNet(), 10, 3, 2],
  ] as const)('goes with chained steps: %s (%#)', async (_name, lines, classes, steps, stepsPerRun) => {
    const single = accumulating(optionsFor(lines, category(classes)), steps)
    const chained = { ...single, stepsPerRun }
    const batches = batchesFor(single, 8, classes)
    const ours = await train(graphs(single), start(single), batches, rate)
    const theirs = await train(graphs(chained), start(single), batches, rate)
    for (const name of ours.tensors.keys()) {
      expectClose(valuesOf(theirs.tensors, name), valuesOf(ours.tensors, name), 1e-4)
    }
    expect(ours.tensors.size).toBe(theirs.tensors.size)
  })

  it.each([1, 2, 3, 4, 5])('goes on exactly from a checkpoint after %i batches', async (stop) => {
    const options = accumulating(optionsFor(leNet(0.25), category(10)), 3)
    const batches = batchesFor(options, 7, 10)
    const whole = await train(graphs(options), start(options), batches, rate)
    const before = await train(graphs(options), start(options), batches.slice(0, stop), rate)
    const after = await train(graphs(options), before.tensors, batches.slice(stop), {
      ...rate,
      stepsBefore: stop,
    })
    expect(after.means).toEqual(whole.means.slice(stop))
    expect(after.tensors).toEqual(whole.tensors)
  })
})

describe('the phase of a run', () => {
  it('tells which of its batches end with a step of the optimizer', () => {
    for (const [steps, stepsPerRun] of [
      [1, 1],
      [2, 4],
      [3, 8],
      [8, 4],
      [5, 2],
    ] as const) {
      for (let before = 0; before < 40; before++) {
        const phase = runPhase(before, steps, stepsPerRun)
        for (let step = 0; step < stepsPerRun; step++) {
          expect(movesAfter(phase + step, steps)).toBe(movesAfter(before + step, steps))
        }
      }
    }
  })

  it('is the same for all runs without such a step', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((before) => runPhase(before, 4, 1))).toEqual([0, 0, 0, 3, 0, 0, 0, 3])
  })
})

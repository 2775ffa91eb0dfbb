import { describe, expect, it } from 'vitest'
import { buildTrainStep, type TrainStepOptions } from '../../../src-core/training/build-train-step.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import { expectClose } from '../../support/expect-close.ts'
import { leNet, mlp, smallResNet } from '../../support/models.ts'
import { train } from '../../support/train-loop.ts'
import { batchesFor, category, optionsFor, rate, start, valuesOf } from '../../support/training-options.ts'

const momentum = 0.8
const averaging = (options: TrainStepOptions): TrainStepOptions => ({
  ...options,
  update: { weightAverage: { momentum } },
})

describe('an average of the weights', () => {
  it('goes by the names of the weights; the weights themselves are kept beside it', async () => {
    const options = optionsFor(mlp(6, [5], 4))
    const batches = batchesFor(options, 5)
    const ours = await train(buildTrainStep(averaging(options)), start(options), batches, rate)
    const plain = await train(buildTrainStep(options), start(options), batches, rate)
    expect(ours.means).toEqual(plain.means)
    const history = await Promise.all(
      batches.map(async (_, step) => {
        const { tensors } = await train(
          buildTrainStep(options),
          start(options),
          batches.slice(0, step + 1),
          rate,
        )
        return valuesOf(tensors, 'head.kernel')
      }),
    )
    expect(valuesOf(ours.tensors, 'optimizer/unaveraged/head.kernel')).toEqual(history.at(-1))
    const [first = [], ...others] = history
    const expected = others.reduce(
      (average, values) =>
        average.map((value, i) => momentum * value + (1 - momentum) * (values[i] ?? Number.NaN)),
      first,
    )
    expectClose(valuesOf(ours.tensors, 'head.kernel'), expected, 1e-6)
    expect(valuesOf(ours.tensors, 'head.kernel')).not.toEqual(history.at(-1))
  })

  it('leaves moving statistics as they are', async () => {
    const options = optionsFor(smallResNet(), category(10))
    const batches = batchesFor(options, 2, 10)
    const ours = await train(buildTrainStep(averaging(options)), start(options), batches, rate)
    const plain = await train(buildTrainStep(options), start(options), batches, rate)
    expect(ours.tensors.get('stemBn.movingMean')).toEqual(plain.tensors.get('stemBn.movingMean'))
    expect(ours.tensors.has('optimizer/unaveraged/stemBn.movingMean')).toBe(false)
  })

  it('goes on exactly, and chained steps change nothing', async () => {
    const options = averaging(optionsFor(leNet(0.25), category(10)))
    const step = buildTrainStep(options)
    const batches = batchesFor(options, 4, 10)
    const whole = await train(step, start(options), batches, rate)
    for (const stop of [1, 2, 3]) {
      const before = await train(step, start(options), batches.slice(0, stop), rate)
      const after = await train(step, before.tensors, batches.slice(stop), { ...rate, stepsBefore: stop })
      expect(after.means).toEqual(whole.means.slice(stop))
      expect(after.tensors).toEqual(whole.tensors)
    }
    const chained = await train(buildTrainStep({ ...options, stepsPerRun: 4 }), start(options), batches, rate)
    for (const name of whole.tensors.keys()) {
      expectClose(valuesOf(chained.tensors, name), valuesOf(whole.tensors, name), 1e-4)
    }
  })
})

describe('weight decay that spares biases and normalization', () => {
  const resNet = (update: TrainStepOptions['update']) =>
    optionsFor(smallResNet(), category(10), {
      optimizer: optimizerSchema.parse({ kind: 'adamw', weightDecay: 0.5 }),
      ...(update && { update }),
    })

  it('keeps them apart from the weights that decay, and only then', () => {
    const names = (options: TrainStepOptions) =>
      buildTrainStep(options)
        .state.map(({ input }) => input)
        .filter((input) => /^state\/[^/]*$/.test(input))
    expect(names(resNet({ excludeFromWeightDecay: true }))).toEqual([
      'state/small',
      'state/small-undecayed',
      'state/statistics',
    ])
    const plain = ['state/small', 'state/statistics']
    expect(names(resNet({}))).toEqual(plain)
    const undecayed = {
      ...resNet({ excludeFromWeightDecay: true }),
      optimizer: optimizerSchema.parse({ kind: 'adam' }),
    }
    expect(names(undecayed)).toEqual(plain)
  })

  it('moves them as if there were no decay', async () => {
    const spared = resNet({ excludeFromWeightDecay: true })
    const free = { ...spared, optimizer: optimizerSchema.parse({ kind: 'adam' }) }
    const batches = batchesFor(spared, 1, 10)
    const ours = await train(buildTrainStep(spared), start(spared), batches, rate)
    const theirs = await train(buildTrainStep(free), start(spared), batches, rate)
    for (const name of ['stemBn.gamma', 'stemBn.beta', 'head.bias']) {
      expectClose(valuesOf(ours.tensors, name), valuesOf(theirs.tensors, name), 1e-6)
    }
    const kernel = valuesOf(start(spared), 'head.kernel')
    const expected = valuesOf(theirs.tensors, 'head.kernel').map(
      (value, i) => value - 0.01 * 0.5 * (kernel[i] ?? 0),
    )
    expectClose(valuesOf(ours.tensors, 'head.kernel'), expected, 1e-6)
  })
})

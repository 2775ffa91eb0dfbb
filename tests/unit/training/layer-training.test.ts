import { describe, expect, it } from 'vitest'
import type { LayerTraining } from '../../../src-core/document/layer-training.ts'
import { buildForwardStep } from '../../../src-core/training/build-forward-step.ts'
import { buildTrainStep, type TrainStepOptions } from '../../../src-core/training/build-train-step.ts'
import { optimizerKinds, optimizerSchema } from '../../../src-core/training/run-config.ts'
import { expectClose } from '../../support/expect-close.ts'
import { documentOf, type LayerLine, leNet, mlp, planOf, smallResNet } from '../../support/models.ts'
import { openOnnx } from '../../support/run-onnx.ts'
import { train } from '../../support/train-loop.ts'
import { batchesFor, category, optionsFor, rate, start, valuesOf } from '../../support/training-options.ts'

/** The same with layers that are trained in another way, by name. */
function training(
  lines: readonly LayerLine[],
  classes: number,
  changes: Readonly<Record<string, LayerTraining>>,
  options: Partial<TrainStepOptions> = {},
): TrainStepOptions {
  const document = documentOf('model', lines)
  const layers = document.layers.map((layer) => ({ ...layer, ...changes[layer.name] }))
  return { ...optionsFor(lines, category(classes), options), plan: planOf({ ...document, layers }) }
}

const frozen = { trainable: false }

describe('a frozen layer', () => {
  it.each(optimizerKinds)('keeps its weights to the last bit, with %s', async (kind) => {
    const options = training(
      mlp(6, [5], 4),
      4,
      { dense0: frozen },
      {
        optimizer: optimizerSchema.parse({ kind, weightDecay: 0.1 }),
      },
    )
    const before = start(options)
    const { tensors } = await train(buildTrainStep(options), before, batchesFor(options, 3), rate)
    for (const name of ['dense0.kernel', 'dense0.bias']) {
      expect(tensors.get(name)?.data).toEqual(before.get(name)?.data)
    }
    expect(tensors.get('head.kernel')?.data).not.toEqual(before.get('head.kernel')?.data)
    expect([...tensors.keys()].filter((name) => /optimizer\/.*\/dense0/.test(name))).toEqual([])
  })

  it('costs no backward pass when nothing before it learns', () => {
    const names = ['conv0', 'conv1', 'dense0']
    const options = training(leNet(), 10, Object.fromEntries(names.map((name) => [name, frozen])))
    const count = ({ graph }: ReturnType<typeof buildTrainStep>, operator: RegExp) =>
      graph.nodes.filter((node) => operator.test(node.operator)).length
    const step = buildTrainStep(options)
    expect(count(step, /^Conv/)).toBe(2)
    expect(count(buildTrainStep(training(leNet(), 10, {})), /^Conv/)).toBeGreaterThan(2)
    expect(step.state.map(({ input }) => input)).toEqual([
      'state/small',
      'state/small/gradientSum',
      'state/small/squareSum',
      'state/frozen',
    ])
  })

  it('lets the gradient through to the layers before it', async () => {
    const options = training(mlp(6, [5], 4), 4, { head: frozen })
    const before = start(options)
    const { tensors } = await train(buildTrainStep(options), before, batchesFor(options, 1), rate)
    expect(tensors.get('dense0.kernel')?.data).not.toEqual(before.get('dense0.kernel')?.data)
  })

  it('adds no penalty', async () => {
    const lines = mlp(6, [5], 4).map((line): LayerLine => {
      const [name, kind, parameters] = line
      return name === 'dense0' ? [name, kind, { ...parameters, kernelL2: 1 }] : line
    })
    const loss = async (
      changes: Readonly<Record<string, LayerTraining>>,
      given: readonly LayerLine[] = lines,
    ) => {
      const options = training(given, 4, changes)
      const { means } = await train(buildTrainStep(options), start(options), batchesFor(options, 1), rate)
      return means[0]?.loss
    }
    expect(await loss({ dense0: frozen })).toBe(await loss({ dense0: frozen }, mlp(6, [5], 4)))
    expect(await loss({})).not.toBe(await loss({ dense0: frozen }))
  })

  it('of batch normalisation uses its moving statistics and leaves them alone', async () => {
    const lines: LayerLine[] = [
      ['input', 'input', { shape: [3] }],
      ['norm', 'batchNormalization'],
      ['head', 'dense', { units: 4, activation: 'softmax' }],
      ['output', 'output'],
    ]
    const options = training(lines, 4, { norm: frozen })
    const before = start(options)
    before.set('norm.movingMean', {
      name: 'norm.movingMean',
      dtype: 'float32',
      shape: [3],
      data: Float32Array.of(0.5, -1, 2),
    })
    const [batch] = batchesFor(options, 1)
    if (!batch) throw new Error('no batch')
    const { tensors, means } = await train(buildTrainStep(options), before, [batch], rate)
    for (const name of ['norm.movingMean', 'norm.movingVariance', 'norm.gamma', 'norm.beta']) {
      expect(tensors.get(name)?.data).toEqual(before.get(name)?.data)
    }
    // The loss is what evaluation finds.
    const { plan, losses, normalization, batchSize } = options
    const forward = buildForwardStep({ plan, losses, normalization, batchSize })
    const session = await openOnnx(forward.graph)
    const sums = await session.run({
      ...Object.fromEntries(
        [...forward.weights].map(([name, { input }]) => [
          input,
          before.get(name)?.data ?? new Float32Array(),
        ]),
      ),
      [forward.features.get('input')?.input ?? '']: batch.features.input ?? new Float32Array(),
      [forward.targets.get('output')?.input ?? '']: batch.targets.output ?? new Int32Array(),
      [forward.sampleWeight?.input ?? '']: new Float32Array(batchSize).fill(1),
    })
    await session.release()
    const loss = Number(sums[forward.sums ?? '']?.data[1]) / batchSize
    expectClose([means[0]?.loss ?? Number.NaN], [loss], 1e-6)
  })

  it('beside others of its kind leaves only its own statistics alone', async () => {
    const options = training(smallResNet(), 10, { stemBn: frozen })
    const before = start(options)
    const { tensors } = await train(buildTrainStep(options), before, batchesFor(options, 2, 10), rate)
    expect(tensors.get('stemBn.movingMean')?.data).toEqual(before.get('stemBn.movingMean')?.data)
    expect(tensors.get('a1Bn.movingMean')?.data).not.toEqual(before.get('a1Bn.movingMean')?.data)
  })

  it('goes on exactly', async () => {
    const options = training(smallResNet(), 10, {
      stem: frozen,
      stemBn: frozen,
      a1: { learningRateFactor: 0.5 },
    })
    const step = buildTrainStep(options)
    const batches = batchesFor(options, 4, 10)
    const whole = await train(step, start(options), batches, rate)
    const before = await train(step, start(options), batches.slice(0, 2), rate)
    const after = await train(step, before.tensors, batches.slice(2), { ...rate, stepsBefore: 2 })
    expect(after.means).toEqual(whole.means.slice(2))
    expect(after.tensors).toEqual(whole.tensors)
  })

  it('may be every layer: then nothing moves', async () => {
    const options = training(mlp(6, [5], 4), 4, { dense0: frozen, head: frozen })
    const before = start(options)
    const { tensors } = await train(buildTrainStep(options), before, batchesFor(options, 1), rate)
    expect(tensors).toEqual(before)
  })
})

describe('a learning rate factor', () => {
  it.each(optimizerKinds)('moves the layer like that learning rate would, with %s', async (kind) => {
    const optimizer = optimizerSchema.parse({ kind, weightDecay: 0.1 })
    const factored = training(mlp(6, [5, 5], 4), 4, { dense0: { learningRateFactor: 0.25 } }, { optimizer })
    const plain = training(mlp(6, [5, 5], 4), 4, {}, { optimizer })
    // One step: after it, the gradients are no longer the same.
    const batches = batchesFor(plain, 1)
    const ours = await train(buildTrainStep(factored), start(plain), batches, rate)
    const slow = await train(buildTrainStep(plain), start(plain), batches, { learningRate: 0.0025 })
    const fast = await train(buildTrainStep(plain), start(plain), batches, rate)
    for (const [name, expected] of [
      ['dense0.kernel', slow],
      ['dense0.bias', slow],
      ['dense1.kernel', fast],
      ['head.kernel', fast],
    ] as const) {
      expectClose(valuesOf(ours.tensors, name), valuesOf(expected.tensors, name), 1e-7)
    }
    expect(valuesOf(slow.tensors, 'dense0.kernel')).not.toEqual(valuesOf(fast.tensors, 'dense0.kernel'))
  })

  it('packs weights with those of the same factor', () => {
    const options = training(mlp(6, [5, 5], 4), 4, { dense0: { learningRateFactor: 0.25 } })
    const groups = buildTrainStep(options).state.map(({ input, shape }) => [input, shape])
    expect(groups.filter(([name]) => !/\/.*\//.test(String(name)))).toEqual([
      ['state/small×0.25', [35]],
      ['state/small', [54]],
    ])
  })
})

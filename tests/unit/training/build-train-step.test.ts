import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { buildTrainStep, type TrainStepOptions } from '../../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import type { OutputLoss, TargetDescription } from '../../../src-core/training/losses/output-loss.ts'
import { resolveLosses } from '../../../src-core/training/losses/resolve-loss.ts'
import { type OptimizerKind, optimizerKinds, optimizerSchema } from '../../../src-core/training/run-config.ts'
import type { WeightUpdateSettings } from '../../../src-core/training/weight-update-config.ts'
import { expectClose } from '../../support/expect-close.ts'
import { documentOf, type LayerLine, leNet, mlp, planOf, smallResNet } from '../../support/models.ts'
import { type Batch, train } from '../../support/train-loop.ts'
import { batchesFor, category, optionsFor, rate, start, valuesOf } from '../../support/training-options.ts'

const small = mlp(6, [5], 4)

describe('a training graph', () => {
  it('lowers the loss on a batch it sees again and again', async () => {
    const options = optionsFor(small)
    const [batch] = batchesFor(options, 1)
    if (!batch) throw new Error('no batch')
    const { means } = await train(buildTrainStep(options), start(options), new Array(300).fill(batch), rate)
    expect(means.at(-1)?.loss).toBeLessThan(0.6 * (means[0]?.loss ?? 0))
  })

  it.each(optimizerKinds)('lowers the loss by %s', async (kind) => {
    const options = optionsFor(small, category(4), { optimizer: optimizerSchema.parse({ kind }) })
    const [batch] = batchesFor(options, 1)
    if (!batch) throw new Error('no batch')
    // Adadelta's steps are short by nature, and FTRL begins by letting go of the first weights.
    const rates: { readonly [kind in OptimizerKind]?: number } = { adadelta: 1, ftrl: 0.5 }
    const { means } = await train(buildTrainStep(options), start(options), new Array(100).fill(batch), {
      learningRate: rates[kind] ?? 0.02,
    })
    expect(means.at(-1)?.loss).toBeLessThan(0.97 * (means[0]?.loss ?? 0))
  })

  it.each(optimizerKinds)('keeps numbers finite by %s where units are dead', async (kind) => {
    const options = optionsFor(mlp(6, [5, 5], 4), category(4), {
      optimizer: optimizerSchema.parse({ kind }),
    })
    const weights = start(options)
    const negate = (name: string, value: (old: number) => number) => {
      const tensor = weights.get(name)
      if (!tensor) throw new Error(`no ${name}`)
      const data = Float32Array.from(valuesOf(weights, name), (old, at) => (at % 5 === 0 ? value(old) : old))
      weights.set(name, { ...tensor, data })
    }
    // The features are positive: with these weights the first unit of both layers stays at zero, and so does a whole
    // row and a whole column of gradients.
    for (const layer of ['dense0', 'dense1']) {
      negate(`${layer}.kernel`, (old) => -Math.abs(old))
      negate(`${layer}.bias`, () => -0.5)
    }
    const { tensors } = await train(buildTrainStep(options), weights, batchesFor(options, 5), rate)
    for (const name of tensors.keys()) expect(valuesOf(tensors, name).every(Number.isFinite)).toBe(true)
  })

  it('names its sums and gives the number of samples as the sum of weights', async () => {
    const options = optionsFor(small)
    const step = buildTrainStep(options)
    expect(step.sumNames).toEqual(['sampleWeight', 'loss', 'accuracy'])
    const { means } = await train(step, start(options), batchesFor(options, 1), rate)
    expect(means[0]).toMatchObject({ sampleWeight: 1 })
  })

  it.each([
    ['an MLP', small, 4],
    ['a network with convolutions, pooling and dropout', leNet(0.5), 10],
    ['a network with batch normalisation', smallResNet(), 10],
  ] as const)('chains steps without changing them: %s', async (_name, lines, classes) => {
    const single = optionsFor(lines, category(classes))
    const chained = { ...single, stepsPerRun: 3 }
    const batches = batchesFor(single, 6, classes)
    const ours = await train(buildTrainStep(single), start(single), batches, rate)
    const theirs = await train(buildTrainStep(chained), start(chained), batches, rate)
    expectClose(
      theirs.means.map(({ loss = Number.NaN }) => loss),
      ours.means.map(({ loss = Number.NaN }) => loss),
      1e-5,
    )
    expect([...theirs.tensors.keys()]).toEqual([...ours.tensors.keys()])
    for (const name of ours.tensors.keys()) {
      expectClose(valuesOf(theirs.tensors, name), valuesOf(ours.tensors, name), 1e-4)
    }
  })

  it('takes a learning rate of its own for every chained step', async () => {
    const options = optionsFor(small, category(4), { optimizer: optimizerSchema.parse({ kind: 'sgd' }) })
    const batches = batchesFor(options, 2)
    const schedule = { learningRate: (step: number) => (step === 0 ? 0.5 : 0) }
    const chained = await train(
      buildTrainStep({ ...options, stepsPerRun: 2 }),
      start(options),
      batches,
      schedule,
    )
    const first = await train(buildTrainStep(options), start(options), batches.slice(0, 1), schedule)
    expect(valuesOf(chained.tensors, 'dense0.kernel')).toEqual(valuesOf(first.tensors, 'dense0.kernel'))
  })

  it('goes on from unpacked state exactly where it stopped', async () => {
    for (const kind of optimizerKinds) {
      const options = optionsFor(leNet(0.25), category(10), { optimizer: optimizerSchema.parse({ kind }) })
      const step = buildTrainStep(options)
      const batches = batchesFor(options, 4, 10)
      const whole = await train(step, start(options), batches, rate)
      const before = await train(step, start(options), batches.slice(0, 2), rate)
      const after = await train(buildTrainStep(options), before.tensors, batches.slice(2), {
        ...rate,
        stepsBefore: 2,
      })
      expect(after.means).toEqual(whole.means.slice(2))
      expect(after.tensors).toEqual(whole.tensors)
    }
  })

  it('hands its state to a graph of another batch size: the short last batch counts by its own size', async () => {
    const options = optionsFor(smallResNet(), category(10))
    const short = { ...options, batchSize: 3 }
    const batches = batchesFor(options, 2, 10)
    const [last] = batchesFor(short, 1, 10)
    if (!last) throw new Error('no batch')
    const step = buildTrainStep(options)
    const shortStep = buildTrainStep(short)
    expect(shortStep.state).toEqual(step.state)
    const first = await train(step, start(options), batches, rate)
    const second = await train(shortStep, first.tensors, [last], { ...rate, stepsBefore: 2 })
    expect(second.state).not.toEqual(first.state)
    // The same three samples, each twice, have the same means, so the same gradient and statistics.
    const doubled = { ...options, batchSize: 6 }
    const [features, targets] = [last.features.input ?? [], last.targets.output ?? []]
    const repeated: Batch = {
      features: { input: Float32Array.of(...features, ...features) },
      targets: { output: Int32Array.of(...targets, ...targets) },
    }
    const third = await train(buildTrainStep(doubled), first.tensors, [repeated], { ...rate, stepsBefore: 2 })
    expectClose([third.means[0]?.loss ?? Number.NaN], [second.means[0]?.loss ?? Number.NaN], 1e-5)
    expectClose(
      valuesOf(third.tensors, 'stemBn.movingVariance'),
      valuesOf(second.tensors, 'stemBn.movingVariance'),
      1e-5,
    )
    expectClose(valuesOf(third.tensors, 'head.kernel'), valuesOf(second.tensors, 'head.kernel'), 1e-3)
  })

  it('asks for noise under a key that does not change with batch size or chaining', () => {
    const keys = (changes: Partial<TrainStepOptions>) =>
      buildTrainStep(optionsFor(leNet(0.5), category(10), changes)).feeds.map(({ random }) =>
        random.map(({ key }) => key),
      )
    expect(keys({})).toEqual([['dropout']])
    expect(keys({ batchSize: 3, stepsPerRun: 2 })).toEqual([['dropout'], ['dropout']])
  })

  it('moves batch statistics towards those of the batch by one hundredth', async () => {
    const options = optionsFor(
      [
        ['input', 'input', { shape: [1] }],
        ['norm', 'batchNormalization'],
        ['head', 'dense', { units: 4, activation: 'softmax' }],
        ['output', 'output'],
      ],
      category(4),
      { batchSize: 4 },
    )
    const batch: Batch = {
      features: { input: Float32Array.of(1, 2, 3, 6) },
      targets: { output: Int32Array.of(0, 1, 2, 3) },
    }
    const { tensors } = await train(buildTrainStep(options), start(options), [batch], rate)
    expectClose(valuesOf(tensors, 'norm.movingMean'), [0.03], 1e-6)
    expectClose(valuesOf(tensors, 'norm.movingVariance'), [0.99 + 0.01 * 3.5], 1e-6)
  })
})

describe('settings that ask for nothing', () => {
  it.each(optimizerKinds)('leave the graph of %s node for node as it is', (kind) => {
    const options = optionsFor(smallResNet(), category(10), {
      optimizer: optimizerSchema.parse({ kind }),
      stepsPerRun: 2,
    })
    const update = { gradientAccumulationSteps: 1, excludeFromWeightDecay: kind !== 'adamw' }
    const plain = buildTrainStep(options)
    expect(buildTrainStep({ ...options, update }).graph).toEqual(plain.graph)
    expect(
      plain.graph.nodes.filter(({ operator }) => operator === 'Clip' || operator === 'Round'),
    ).toHaveLength(kind === 'ftrl' ? 2 : 0)
  })
})

describe('gradient clipping', () => {
  const changes = (clipping?: WeightUpdateSettings['clipping']) =>
    optionsFor(small, category(4), {
      optimizer: optimizerSchema.parse({ kind: 'sgd' }),
      ...(clipping && { update: { clipping } }),
    })

  const moved = async (options: TrainStepOptions) => {
    const before = start(options)
    const { tensors } = await train(buildTrainStep(options), before, batchesFor(options, 1), {
      learningRate: 1,
    })
    return [...before.keys()].map((name) =>
      valuesOf(tensors, name).map((value, i) => value - (valuesOf(before, name)[i] ?? 0)),
    )
  }
  const norm = (values: readonly number[]) => Math.hypot(...values)

  it('by value bounds every element', async () => {
    const free = await moved(changes())
    const clipped = await moved(changes({ kind: 'value', limit: 0.01 }))
    const expected = free.flat().map((value) => Math.max(-0.01, Math.min(0.01, value)))
    expectClose(clipped.flat(), expected, 1e-6)
    expect(clipped.flat()).not.toEqual(free.flat())
  })

  it('by norm shortens each weight’s gradient by itself, also where weights share a tensor', async () => {
    const free = await moved(changes())
    const limit = (norm(free[0] ?? []) + norm(free[1] ?? [])) / 2
    const clipped = await moved(changes({ kind: 'norm', limit }))
    const expected = free.map((row) => row.map((value) => value * Math.min(1, limit / norm(row))))
    expect(free.map((row) => norm(row) > limit)).toEqual(expect.arrayContaining([true, false]))
    expectClose(clipped.flat(), expected.flat(), 1e-6)
  })

  it('by global norm shortens all gradients together', async () => {
    const free = await moved(changes())
    const clipped = await moved(changes({ kind: 'globalNorm', limit: 0.1 }))
    const scale = 0.1 / norm(free.flat())
    expect(scale).toBeLessThan(1)
    expectClose(
      clipped.flat(),
      free.flat().map((value) => value * scale),
      1e-6,
    )
  })
})

describe('kernel constraints', () => {
  const constrained = (kernel: Readonly<Record<string, unknown>>) =>
    optionsFor([
      ['input', 'input', { shape: [6] }],
      ['dense0', 'dense', { units: 5, activation: 'relu' }],
      ['head', 'dense', { units: 4, activation: 'softmax', ...kernel }],
      ['output', 'output'],
    ])
  const kernelAfter = async (kernel: Readonly<Record<string, unknown>>) => {
    const options = constrained(kernel)
    const { tensors } = await train(buildTrainStep(options), start(options), batchesFor(options, 3), rate)
    return { head: valuesOf(tensors, 'head.kernel'), other: valuesOf(tensors, 'dense0.kernel') }
  }
  const norms = (kernel: readonly number[]) =>
    [0, 1, 2, 3].map((unit) => Math.hypot(...kernel.filter((_, at) => at % 4 === unit)))

  it('hold after every update, for the layer that has them', async () => {
    const free = await kernelAfter({})
    expect(free.head.some((value) => value < 0)).toBe(true)
    const positive = await kernelAfter({ kernelConstraint: 'nonNegative' })
    expect(positive.head.every((value) => value >= 0)).toBe(true)
    expect(positive.other.some((value) => value < 0)).toBe(true)
    const unit = await kernelAfter({ kernelConstraint: 'unitNorm' })
    expectClose(norms(unit.head), [1, 1, 1, 1], 1e-6)
    const limit = Math.min(...norms(free.head)) / 2
    const short = await kernelAfter({ kernelConstraint: 'maxNorm', kernelMaximumNorm: limit })
    // The last update may have shortened some of them further.
    expect(Math.max(...norms(short.head))).toBeLessThan(limit * (1 + 1e-5))
    expect(Math.max(...norms(short.head))).toBeGreaterThan(limit * (1 - 1e-5))
    const between = { kernelMinimumNorm: 3, kernelMaximumNorm: 4 }
    const long = await kernelAfter({ kernelConstraint: 'minMaxNorm', ...between })
    expect(Math.max(...norms(free.head))).toBeLessThan(3)
    expect(Math.min(...norms(long.head))).toBeGreaterThan(3 * (1 - 1e-5))
    expect(Math.max(...norms(long.head))).toBeLessThan(4)
  })

  it.each(['dense', 'conv2d'])('whose limits contradict each other are refused in %s', (kind) => {
    const document = documentOf('limits', [
      ['input', 'input', { shape: [1, 8, 8] }],
      ['layer', kind, { kernelConstraint: 'minMaxNorm', kernelMinimumNorm: 3, kernelMaximumNorm: 1 }],
      ['output', 'output'],
    ])
    expect(compileModel(document).problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'layer.badParameter',
        message: 'layer expects a smallest norm of at most its largest norm, 1, and has 3.',
        parameter: 'kernelMinimumNorm',
      },
    ])
  })

  it('of which there are none leave no trace in the graph', () => {
    const [plain, none] = [constrained({}), constrained({ kernelConstraint: 'none', kernelMaximumNorm: 1 })]
    expect(buildTrainStep(none).graph).toEqual(buildTrainStep(plain).graph)
  })
})

describe('sample weights', () => {
  const options = optionsFor(small, category(4), { batchSize: 4 })
  const [batch] = batchesFor(options, 1)
  const features = batch?.features.input ?? new Float32Array()
  const targets = Int32Array.from(batch?.targets.output ?? [])

  it('count a sample of weight 2 like two samples', async () => {
    const weighted: Batch = {
      features: { input: features },
      targets: { output: targets },
      sampleWeight: Float32Array.of(2, 1, 0, 1),
    }
    const rows = [0, 0, 1, 3]
    const repeated: Batch = {
      features: {
        input: Float32Array.from(rows.flatMap((row) => [...features.slice(6 * row, 6 * row + 6)])),
      },
      targets: { output: Int32Array.from(rows, (row) => targets[row] ?? 0) },
    }
    const step = buildTrainStep(options)
    const ours = await train(step, start(options), [weighted], rate)
    const theirs = await train(step, start(options), [repeated], rate)
    expectClose([ours.means[0]?.loss ?? Number.NaN], [theirs.means[0]?.loss ?? Number.NaN], 1e-6)
    expect(ours.means[0]?.accuracy).toBeCloseTo(theirs.means[0]?.accuracy ?? Number.NaN, 6)
    expectClose(valuesOf(ours.tensors, 'dense0.kernel'), valuesOf(theirs.tensors, 'dense0.kernel'), 1e-5)
  })

  it('that are all zero change nothing and make no NaN', async () => {
    const nothing: Batch = {
      features: { input: features },
      targets: { output: targets },
      sampleWeight: new Float32Array(4),
    }
    const weights = start(options)
    const { tensors } = await train(buildTrainStep(options), weights, [nothing], rate)
    expect(valuesOf(tensors, 'head.kernel')).toEqual(valuesOf(weights, 'head.kernel'))
  })
})

describe('penalties', () => {
  const lines = (parameters: Record<string, number>): LayerLine[] => [
    ['input', 'input', { shape: [3] }],
    ['head', 'dense', { units: 1, useBias: false, ...parameters }],
    ['output', 'output'],
  ]
  const number: TargetDescription = { kind: 'number', width: 1, name: 'y' }
  const weights = new Map<string, NamedTensor>([
    [
      'head.kernel',
      { name: 'head.kernel', dtype: 'float32', shape: [3, 1], data: Float32Array.of(2, -1, 0.5) },
    ],
  ])
  // Zero inputs: the data neither adds to the loss nor to the gradient.
  const batch: Batch = {
    features: { input: new Float32Array(6) },
    targets: { output: new Float32Array(2) },
  }

  it.each([
    ['L1', { kernelL1: 0.1 }, 0.1 * 3.5, [2 - 0.1, -1 + 0.1, 0.5 - 0.1]],
    ['L2', { kernelL2: 0.1 }, 0.1 * (4 + 1 + 0.25), [2 - 0.4, -1 + 0.2, 0.5 - 0.1]],
  ] as const)(
    '%s is added to the loss once per sample and pulls weights to zero',
    async (_name, parameters, penalty, moved) => {
      const options = optionsFor(lines(parameters), number, {
        batchSize: 2,
        optimizer: optimizerSchema.parse({ kind: 'sgd' }),
      })
      const { means, tensors } = await train(buildTrainStep(options), weights, [batch], { learningRate: 1 })
      expect(means[0]?.loss).toBeCloseTo(penalty, 6)
      expectClose(valuesOf(tensors, 'head.kernel'), moved, 1e-6)
    },
  )
})

describe('several outputs', () => {
  const lines: LayerLine[] = [
    ['input', 'input', { shape: [2] }],
    ['digit', 'dense', { units: 3, activation: 'softmax' }, 'input'],
    ['size', 'dense', { units: 1 }, 'input'],
    ['digitOut', 'output', {}, 'digit'],
    ['sizeOut', 'output', { lossWeight: 0.5 }, 'size'],
  ]

  it('add up by their loss weights, and each keeps its own sums', async () => {
    const plan = planOf(documentOf('two heads', lines))
    const targets = new Map<string, TargetDescription>([
      ['digitOut', category(3)],
      ['sizeOut', { kind: 'number', width: 1, name: 'size' }],
    ])
    const losses = resolveLosses(plan, targets)
    if (!losses.ok) throw new Error(losses.problems[0]?.message)
    const step = buildTrainStep({
      plan,
      optimizer: optimizerSchema.parse({ kind: 'sgd' }),
      losses: losses.value,
      normalization: new Map(),
      batchSize: 2,
      stepsPerRun: 1,
    })
    expect(step.sumNames).toEqual([
      'sampleWeight',
      'loss',
      'digitOut.loss',
      'digitOut.accuracy',
      'sizeOut.loss',
      'sizeOut.meanAbsoluteError',
    ])
    const batch: Batch = {
      features: { input: Float32Array.of(1, 2, 3, 4) },
      targets: { digitOut: Int32Array.of(0, 2), sizeOut: Float32Array.of(1, -1) },
    }
    const { means } = await train(step, initializeWeights(plan, 1), [batch], rate)
    const [mean = {}] = means
    expect(mean.loss).toBeCloseTo((mean['digitOut.loss'] ?? 0) + 0.5 * (mean['sizeOut.loss'] ?? 0), 5)
  })
})

describe('normalisation', () => {
  it('trains on (value − offset) · scale when fed raw values', async () => {
    const plain = optionsFor(small)
    const offset = Float32Array.of(1, 2, 3, 4, 5, 6)
    const scale = Float32Array.of(0.5, 0.25, 2, 1, 4, 8)
    const fitted = { ...plain, normalization: new Map([['input', { offset, scale }]]) }
    const [batch] = batchesFor(plain, 1)
    const seen = batch?.features.input ?? new Float32Array()
    const raw = seen.map((value, i) => value / (scale[i % 6] ?? 1) + (offset[i % 6] ?? 0))
    const ours = await train(
      buildTrainStep(fitted),
      start(plain),
      [{ features: { input: raw }, targets: batch?.targets ?? {} }],
      rate,
    )
    const theirs = await train(buildTrainStep(plain), start(plain), batch ? [batch] : [], rate)
    expectClose([ours.means[0]?.loss ?? Number.NaN], [theirs.means[0]?.loss ?? Number.NaN], 1e-5)
  })

  it('takes one number per channel of an image', () => {
    const options = optionsFor(smallResNet(), category(10))
    const perChannel = { offset: Float32Array.of(0.1, 0.2, 0.3), scale: Float32Array.of(1, 2, 3) }
    expect(() =>
      buildTrainStep({ ...options, normalization: new Map([['input', perChannel]]) }),
    ).not.toThrow()
    const wrong = { offset: Float32Array.of(0.1, 0.2), scale: 1 }
    expect(() => buildTrainStep({ ...options, normalization: new Map([['input', wrong]]) })).toThrow(
      'offset has 2 numbers; a sample has shape [3, 12, 12]',
    )
  })
})

describe('state', () => {
  it('keeps large weights apart and small ones together, whatever the batch size', () => {
    const options = optionsFor(mlp(200, [100], 4))
    const step = buildTrainStep(options)
    expect(step.state.map(({ input, shape }) => [input, shape])).toEqual([
      ['state/dense0.kernel', [200, 100]],
      ['state/dense0.kernel/gradientSum', [200, 100]],
      ['state/dense0.kernel/squareSum', [200, 100]],
      ['state/small', [504]],
      ['state/small/gradientSum', [504]],
      ['state/small/squareSum', [504]],
    ])
  })

  it('unpacks what it packs, with slots that are absent at zero', () => {
    const options = optionsFor(small)
    const step = buildTrainStep(options)
    const weights = start(options)
    const unpacked = step.unpackState(step.packState(weights))
    expect(unpacked.filter(({ name }) => weights.has(name))).toEqual([...weights.values()])
    const slot = unpacked.find(({ name }) => name === 'optimizer/squareSum/head.kernel')
    expect(slot).toMatchObject({ shape: [5, 4], data: new Float32Array(20) })
  })

  it('starts slots that are absent at the value that the optimizer declares', () => {
    const options = optionsFor(small, category(4), { optimizer: optimizerSchema.parse({ kind: 'ftrl' }) })
    const step = buildTrainStep(options)
    const unpacked = step.unpackState(step.packState(start(options)))
    const slot = (name: string) => unpacked.find((tensor) => tensor.name === name)?.data
    expect(slot('optimizer/accumulator/head.bias')).toEqual(new Float32Array(4).fill(0.1))
    expect(slot('optimizer/linear/head.bias')).toEqual(new Float32Array(4))
  })

  it('gives every weight a tensor of its own where the optimizer looks at weights as a whole', () => {
    const options = optionsFor(small, category(4), {
      optimizer: optimizerSchema.parse({ kind: 'adafactor' }),
    })
    expect(buildTrainStep(options).state.map(({ input, shape }) => [input, shape])).toEqual([
      ['state/dense0.kernel', [6, 5]],
      ['state/dense0.kernel/meanOverOutputs', [6, 1]],
      ['state/dense0.kernel/meanOverInputs', [1, 5]],
      ['state/dense0.bias', [5]],
      ['state/dense0.bias/velocity', [5]],
      ['state/head.kernel', [5, 4]],
      ['state/head.kernel/meanOverOutputs', [5, 1]],
      ['state/head.kernel/meanOverInputs', [1, 4]],
      ['state/head.bias', [4]],
      ['state/head.bias/velocity', [4]],
    ])
  })

  it('refuses weights that are missing or of another size', () => {
    const step = buildTrainStep(optionsFor(small))
    expect(() => step.packState(new Map())).toThrow('the weight dense0.kernel is missing')
    const wrong = start(optionsFor(mlp(7, [5], 4)))
    expect(() => step.packState(wrong)).toThrow('dense0.kernel has 35 elements, expected 30')
  })
})

describe('a loss', () => {
  it('computed from raw scores trains like the same head with softmax', async () => {
    const lines = (activation: string): LayerLine[] => [
      ['input', 'input', { shape: [6] }],
      ['head', 'dense', { units: 4, activation }],
      ['output', 'output'],
    ]
    const [soft, raw] = [optionsFor(lines('softmax')), optionsFor(lines('linear'))]
    expect([...raw.losses.values()][0]).toMatchObject<Partial<OutputLoss>>({ fromScores: true })
    const batches = batchesFor(soft, 3)
    const ours = await train(buildTrainStep(soft), start(soft), batches, rate)
    const theirs = await train(buildTrainStep(raw), start(raw), batches, rate)
    expect(theirs.means).toEqual(ours.means)
  })
})

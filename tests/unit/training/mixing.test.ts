import { describe, expect, it } from 'vitest'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { buildTrainStep, type TrainStepOptions } from '../../../src-core/training/build-train-step.ts'
import { checkMixing } from '../../../src-core/training/check-mixing.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import type { TargetDescription } from '../../../src-core/training/losses/output-loss.ts'
import { resolveLosses } from '../../../src-core/training/losses/resolve-loss.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import { mixingSchema, optimizerSchema } from '../../../src-core/training/run-config.ts'
import { documentOf, type LayerLine, planOf } from '../../support/models.ts'
import { relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { train } from '../../support/train-loop.ts'

const rows = 5
const rate = { learningRate: 0.3, seed: 9 }

const classifier: readonly LayerLine[] = [
  ['input', 'input', { shape: [2, 4, 3] }],
  ['flatten', 'flatten'],
  ['hidden', 'dense', { units: 6, activation: 'tanh', kernelL2: 0.01 }],
  ['head', 'dense', { units: 4, activation: 'softmax' }],
  ['output', 'output'],
]
const classes: TargetDescription = { kind: 'category', classes: 4, name: 'label' }

function optionsFor(changes: Partial<TrainStepOptions>): TrainStepOptions {
  const plan = planOf(documentOf('mixed', classifier))
  const losses = resolveLosses(plan, new Map([['output', classes]]))
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  return {
    plan,
    losses: losses.value,
    optimizer: optimizerSchema.parse({ kind: 'sgd' }),
    normalization: new Map(),
    batchSize: rows,
    stepsPerRun: 1,
    ...changes,
  }
}

function uniform(count: number, key: string, seed = 1, step = 0): Float32Array {
  const values = new Float32Array(count)
  fillUniform(values, seed, key, step)
  return values
}

const size = 24
const features = uniform(rows * size, 'features')
const labels = Int32Array.of(0, 3, 1, 2, 1)
const sampleWeight = Float32Array.of(1, 2, 0.5, 0, 1.5)

function sample(index: number): Float32Array {
  return features.subarray(index * size, (index + 1) * size)
}

/** Pictures blended by `blend`, once with their own target and once with their partner's, weighted by the shares. */
function doubled(
  blend: (own: Float32Array, partner: Float32Array, row: number) => readonly number[],
  share: (row: number) => number,
) {
  const all = Array.from({ length: rows }, (_, row) => row)
  const partner = (row: number) => rows - 1 - row
  const blended = all.flatMap((row) => blend(sample(row), sample(partner(row)), row))
  return {
    features: { input: Float32Array.from([...blended, ...blended]) },
    targets: {
      output: Int32Array.from([...labels, ...all.map((row) => labels[partner(row)] ?? -1)]),
    },
    sampleWeight: Float32Array.from([
      ...all.map((row) => share(row) * (sampleWeight[row] ?? 0)),
      ...all.map((row) => (1 - share(row)) * (sampleWeight[partner(row)] ?? 0)),
    ]),
  }
}

/** One step on a batch with mixing, and one without on rows that were mixed and doubled by hand. */
async function both(kind: 'mixup' | 'cutMix', alpha: number, byHand: ReturnType<typeof doubled>) {
  const mixing = mixingSchema.parse({ kind, alpha })
  const mixed = optionsFor({ mixing })
  const plain = optionsFor({ batchSize: 2 * rows })
  const start = initializeWeights(mixed.plan, 5)
  const batch = { features: { input: features }, targets: { output: labels }, sampleWeight }
  return {
    ours: await train(buildTrainStep(mixed), start, [batch], rate),
    theirs: await train(buildTrainStep(plain), start, [byHand], rate),
  }
}

function largestDifference(
  ours: ReadonlyMap<string, NamedTensor>,
  theirs: ReadonlyMap<string, NamedTensor>,
): number {
  const differences = [...theirs].map(([name, { data }]) =>
    relativeDifference(ours.get(name)?.data ?? [], Array.from(data, Number)),
  )
  return Math.max(...differences)
}

async function expectSame({ ours, theirs }: Awaited<ReturnType<typeof both>>): Promise<void> {
  for (const name of ['loss', 'accuracy']) {
    expect(ours.means[0]?.[name]).toBeCloseTo(theirs.means[0]?.[name] ?? Number.NaN, 5)
  }
  expect(largestDifference(ours.tensors, theirs.tensors)).toBeLessThan(2e-6)
}

describe('mixup', () => {
  it('blends values and losses of a batch and its reverse by numbers of the beta distribution', async () => {
    // Both parameters 1 make the uniform distribution: the shares are the noise itself.
    const shares = uniform(rows, 'training/mixing', rate.seed)
    const byHand = doubled(
      (own, partner, row) =>
        Array.from(own, (value, at) => {
          const share = shares[row] ?? 0
          return share * value + (1 - share) * (partner[at] ?? 0)
        }),
      (row) => shares[row] ?? 0,
    )
    await expectSame(await both('mixup', 1, byHand))
  })

  it('gives the same curve however many steps are chained', async () => {
    const single = optionsFor({ mixing: mixingSchema.parse({}) })
    const start = initializeWeights(single.plan, 5)
    const batch = { features: { input: features }, targets: { output: labels } }
    const batches = [batch, batch, batch, batch]
    const ours = await train(buildTrainStep(single), start, batches, rate)
    const theirs = await train(buildTrainStep({ ...single, stepsPerRun: 2 }), start, batches, rate)
    expect(largestDifference(ours.tensors, theirs.tensors)).toBeLessThan(1e-6)
    // Every step draws its own shares.
    expect(new Set(ours.means.map(({ loss }) => loss)).size).toBe(4)
  })
})

describe('cutMix', () => {
  it('pastes a rectangle of the partner and counts targets by its area', async () => {
    const noise = uniform(3 * rows, 'training/mixing', rate.seed)
    const [height, width] = [4, 3]
    const inside = (row: number) => {
      const [kept = 0, vertical = 0, horizontal = 0] = noise.subarray(3 * row, 3 * row + 3)
      const stretch = (place: number, count: number) => {
        const length = Math.floor(Math.sqrt(1 - kept) * count)
        const start = Math.floor(place * count) - Math.floor(length / 2)
        return (at: number) => at >= start && at < start + length
      }
      const [inRows, inColumns] = [stretch(vertical, height), stretch(horizontal, width)]
      return (at: number) => inRows(Math.floor(at / width) % height) && inColumns(at % width)
    }
    const pixels = Array.from({ length: height * width }, (_, at) => at)
    const pasted = (row: number) => pixels.filter(inside(row)).length / pixels.length
    const byHand = doubled(
      (own, partner, row) => Array.from(own, (value, at) => (inside(row)(at) ? (partner[at] ?? 0) : value)),
      (row) => 1 - pasted(row),
    )
    expect(
      Array.from({ length: rows }, (_, row) => pasted(row)).filter((area) => area > 0 && area < 1).length,
    ).toBeGreaterThan(1)
    await expectSame(await both('cutMix', 1, byHand))
  })
})

describe('mixing is refused', () => {
  const cutMix = mixingSchema.parse({ kind: 'cutMix' })

  it('for inputs that are numbers of something', () => {
    const plan = planOf(
      documentOf('tokens', [
        ['words', 'input', { shape: [6] }],
        ['codes', 'categoryEncoding', { numTokens: 20 }],
        ['head', 'dense', { units: 2, activation: 'softmax' }],
        ['output', 'output'],
      ]),
    )
    expect(checkMixing(plan, mixingSchema.parse({}))).toMatchObject([
      {
        code: 'run.config',
        message: 'mixup blends the values of words, but codes reads them as whole numbers.',
        layerId: 'codes',
      },
    ])
    expect(checkMixing(plan, undefined)).toEqual([])
  })

  it('as cutMix where the input is no picture', () => {
    const plan = planOf(
      documentOf('table', [
        ['numbers', 'input', { shape: [6] }],
        ['head', 'dense', { units: 2, activation: 'softmax' }],
        ['output', 'output'],
      ]),
    )
    expect(checkMixing(plan, cutMix)).toMatchObject([
      {
        code: 'run.config',
        message: 'cutMix needs one input of images (channels × height × width), but numbers gives 6.',
      },
    ])
    expect(checkMixing(planOf(documentOf('pictures', classifier)), cutMix)).toEqual([])
  })
})

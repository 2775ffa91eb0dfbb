import { describe, expect, it } from 'vitest'
import type { ModelPlan, WeightSpec } from '../../../src-core/compile/model-plan.ts'
import {
  type InitializerKind,
  initializeWeights,
  initialValues,
} from '../../../src-core/training/initializers.ts'
import { inverseNormal } from '../../../src-core/training/normal-distribution.ts'

const [fanIn, fanOut, count] = [300, 100, 200_000]

function draw(kind: InitializerKind, seed = 1, name = 'dense.kernel'): Float32Array {
  return initialValues({ kind, fanIn, fanOut }, count, seed, name)
}

function moments(values: Float32Array): { mean: number; variance: number; largest: number } {
  let [sum, squares, largest] = [0, 0, 0]
  for (const value of values) {
    sum += value
    squares += value * value
    largest = Math.max(largest, Math.abs(value))
  }
  const mean = sum / values.length
  return { mean, variance: squares / values.length - mean * mean, largest }
}

describe('initializers', () => {
  // Keras 3, VarianceScaling: the variance is scale / fan; uniform values end at √(3 · variance), normal ones at two
  // standard deviations of the normal distribution they are cut from.
  it.each([
    ['glorotUniform', 2 / (fanIn + fanOut), Math.sqrt(6 / (fanIn + fanOut))],
    ['heUniform', 2 / fanIn, Math.sqrt(6 / fanIn)],
    ['lecunUniform', 1 / fanIn, Math.sqrt(3 / fanIn)],
    ['glorotNormal', 2 / (fanIn + fanOut), (2 * Math.sqrt(2 / (fanIn + fanOut))) / 0.8796256610342398],
    ['heNormal', 2 / fanIn, (2 * Math.sqrt(2 / fanIn)) / 0.8796256610342398],
    ['lecunNormal', 1 / fanIn, (2 * Math.sqrt(1 / fanIn)) / 0.8796256610342398],
  ] as const)('%s has mean 0, variance %f and bound %f', (kind, variance, bound) => {
    const found = moments(draw(kind))
    expect(Math.abs(found.mean)).toBeLessThan(4 * Math.sqrt(variance / count))
    expect(found.variance / variance).toBeCloseTo(1, 1.8)
    expect(found.largest).toBeLessThanOrEqual(bound * (1 + 1e-6))
    expect(found.largest).toBeGreaterThan(0.99 * bound)
  })

  it('normal kinds have the shape of a normal distribution cut at two deviations', () => {
    const deviation = Math.sqrt(1 / fanIn) / 0.8796256610342398
    const within = draw('lecunNormal').filter((value) => Math.abs(value) < deviation).length / count
    // (Φ(1) − Φ(−1)) / (Φ(2) − Φ(−2))
    expect(within).toBeCloseTo(0.6826894921 / 0.9544997361, 2.3)
  })

  it('zeros and ones are that', () => {
    expect(initialValues({ kind: 'zeros', fanIn, fanOut }, 3, 1, 'b')).toEqual(Float32Array.of(0, 0, 0))
    expect(initialValues({ kind: 'ones', fanIn, fanOut }, 3, 1, 'b')).toEqual(Float32Array.of(1, 1, 1))
  })

  it('gives the same values for the same seed and name, others otherwise', () => {
    expect(draw('heNormal', 1)).toEqual(draw('heNormal', 1))
    expect(draw('heNormal', 1)).not.toEqual(draw('heNormal', 2))
    expect(draw('heNormal', 1, 'dense.kernel')).not.toEqual(draw('heNormal', 1, 'dense_1.kernel'))
  })
})

describe('inverseNormal', () => {
  // Quantiles as tabulated to 16 digits (R's qnorm, SciPy's ndtri).
  it.each([
    [0.5, 0],
    [0.6, 0.2533471031357997],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.99999, 4.264890793922825],
    [0.025, -1.959963984540054],
  ])('at %f is %f', (p, quantile) => {
    expect(inverseNormal(p)).toBeCloseTo(quantile, 11)
  })
})

describe('initializeWeights', () => {
  const weight = (name: string, kind: InitializerKind, shape: number[]): WeightSpec => ({
    name,
    shape,
    initializer: { kind, fanIn: 4, fanOut: 3 },
    trainable: true,
  })
  const layer = (name: string) => ({
    id: `id-${name}`,
    kind: 'dense',
    name,
    parameters: {},
    inputs: [],
    outputShape: [3],
    weights: [weight('kernel', 'glorotUniform', [4, 3]), weight('bias', 'zeros', [3])],
    parameterCount: 15,
    trainableCount: 15,
    flops: 0,
    activationElements: 0,
    masked: false,
  })
  const plan = (...names: string[]): ModelPlan => ({
    name: 'model',
    layers: names.map(layer),
    inputIds: [],
    outputIds: [],
    parameterCount: 0,
    trainableCount: 0,
    flops: 0,
    activationElements: 0,
  })

  it('names weights by layer and weight, with the shapes of the plan', () => {
    const tensors = initializeWeights(plan('a', 'b'), 1)
    expect([...tensors.keys()]).toEqual(['a.kernel', 'a.bias', 'b.kernel', 'b.bias'])
    expect(tensors.get('b.kernel')).toMatchObject({ name: 'b.kernel', dtype: 'float32', shape: [4, 3] })
  })

  it('does not change a layer’s values when another layer comes before it', () => {
    const alone = initializeWeights(plan('b'), 1)
    expect(initializeWeights(plan('a', 'b'), 1).get('b.kernel')).toEqual(alone.get('b.kernel'))
  })
})

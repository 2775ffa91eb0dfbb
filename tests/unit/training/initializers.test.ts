import { describe, expect, it } from 'vitest'
import type { ModelPlan, WeightSpec } from '../../../src-core/compile/model-plan.ts'
import {
  type InitializerKind,
  initializeWeights,
  initialValues,
} from '../../../src-core/training/initializers.ts'
import { inverseNormal } from '../../../src-core/training/normal-distribution.ts'
import { documentOf, planOf } from '../../support/models.ts'

const [fanIn, fanOut, count] = [300, 100, 200_000]

function draw(kind: InitializerKind, seed = 1, name = 'dense.kernel'): Float32Array {
  return initialValues({ kind, fanIn, fanOut }, [count], seed, name)
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
    ['varianceScaling', 1 / fanIn, (2 * Math.sqrt(1 / fanIn)) / 0.8796256610342398],
    ['randomUniform', 0.05 ** 2 / 3, 0.05],
    ['truncatedNormal', (0.05 * 0.8796256610342398) ** 2, 0.1],
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
    expect(initialValues({ kind: 'zeros', fanIn, fanOut }, [3], 1, 'b')).toEqual(Float32Array.of(0, 0, 0))
    expect(initialValues({ kind: 'ones', fanIn, fanOut }, [3], 1, 'b')).toEqual(Float32Array.of(1, 1, 1))
  })

  it('randomNormal is normal with deviation 0.05, cut nowhere', () => {
    const values = draw('randomNormal')
    const { mean, variance, largest } = moments(values)
    expect(Math.abs(mean)).toBeLessThan((4 * 0.05) / Math.sqrt(count))
    expect(variance / 0.05 ** 2).toBeCloseTo(1, 1.8)
    // Of 200,000 the largest is expected near 4.5 deviations; 2⁻²⁵, the smallest probability drawn, is at 5.4.
    expect(largest / 0.05).toBeGreaterThan(4)
    expect(largest / 0.05).toBeLessThan(5.5)
    const within = values.filter((value) => Math.abs(value) < 0.05).length / count
    expect(within).toBeCloseTo(0.6826894921, 2.3)
  })

  it('constant is what it is given, and 0 without', () => {
    const spec = { kind: 'constant', fanIn, fanOut } as const
    expect(initialValues({ ...spec, value: 0.25 }, [3], 1, 'b')).toEqual(new Float32Array(3).fill(0.25))
    expect(initialValues(spec, [3], 1, 'b')).toEqual(new Float32Array(3))
  })

  it('identity is that of a matrix, and passes channels on in a convolution kernel', () => {
    const spec = { kind: 'identity', fanIn, fanOut } as const
    expect([...initialValues(spec, [2, 3], 1, 'k')]).toEqual([1, 0, 0, 0, 1, 0])
    expect([...initialValues(spec, [3, 2], 1, 'k')]).toEqual([1, 0, 0, 1, 0, 0])
    const kernel = initialValues(spec, [2, 2, 3, 3], 1, 'k')
    const ones = [...kernel].flatMap((value, index) => (value === 1 ? [index] : []))
    expect(ones).toEqual([4, 9 * 3 + 4])
    expect(kernel.reduce((sum, value) => sum + value)).toBe(2)
  })

  it.each([
    ['a wide matrix', [40, 90]],
    ['a high matrix', [90, 40]],
    ['a square', [64, 64]],
    ['more columns than are worked on at a time', [150, 170]],
    ['a convolution kernel', [16, 8, 3, 3]],
    ['a convolution kernel with many filters', [100, 3, 3, 3]],
    ['a row', [1, 30]],
    ['a vector', [30]],
  ])('orthogonal: %s has rows, or columns, at right angles and of length 1', (_what, shape) => {
    const values = initialValues({ kind: 'orthogonal', fanIn, fanOut }, shape, 3, 'k')
    const rows = shape.length < 2 ? 1 : (shape[0] ?? 1)
    const columns = values.length / rows
    const element = (vector: number, i: number) =>
      values[rows <= columns ? vector * columns + i : i * columns + vector] ?? Number.NaN
    const products: number[] = []
    for (let a = 0; a < Math.min(rows, columns); a++) {
      for (let b = 0; b <= a; b++) {
        let sum = a === b ? -1 : 0
        for (let i = 0; i < Math.max(rows, columns); i++) sum += element(a, i) * element(b, i)
        products.push(Math.abs(sum))
      }
    }
    expect(Math.max(...products)).toBeLessThan(1e-6)
    expect(initialValues({ kind: 'orthogonal', fanIn, fanOut }, shape, 3, 'k')).toEqual(values)
    expect(initialValues({ kind: 'orthogonal', fanIn, fanOut }, shape, 4, 'k')).not.toEqual(values)
  })

  it('orthogonal matrices are spread evenly: elements have mean 0 and variance 1 / size', () => {
    const size = 6
    const draws = Array.from({ length: 2000 }, (_, seed) =>
      initialValues({ kind: 'orthogonal', fanIn, fanOut }, [size, size], seed, 'k'),
    )
    for (let at = 0; at < size * size; at++) {
      const { mean, variance } = moments(Float32Array.from(draws, (matrix) => matrix[at] ?? 0))
      expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(1 / size / draws.length))
      expect(variance * size).toBeGreaterThan(0.8)
      expect(variance * size).toBeLessThan(1.2)
    }
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

  it('takes the constant that a layer asks for', () => {
    const drawn = planOf(
      documentOf('constants', [
        ['input', 'input', { shape: [2] }],
        ['dense', 'dense', { units: 3, biasInitializer: 'constant', initializerConstant: 0.1 }],
        ['output', 'output'],
      ]),
    )
    expect(initializeWeights(drawn, 1).get('dense.bias')?.data).toEqual(new Float32Array(3).fill(0.1))
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

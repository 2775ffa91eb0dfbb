import { describe, expect, it } from 'vitest'
import type { ModelPlan, PlannedLayer } from '../../../src-core/compile/model-plan.ts'
import { drawLatents, hasPlane, latentGrid } from '../../../src-core/generation/draw-latents.ts'
import { findGenerator, type Generator } from '../../../src-core/generation/latent-source.ts'
import { documentOf, type LayerLine, planOf } from '../../support/models.ts'

const vae = (units: number): readonly LayerLine[] => [
  ['image', 'input', { shape: [1, 6, 6] }],
  ['flat', 'flatten'],
  ['mean', 'dense', { units }],
  ['logVariance', 'dense', { units }, 'flat'],
  ['latent', 'gaussianSampling', {}, 'mean', 'logVariance'],
  ['decoder', 'dense', { units: 36, activation: 'sigmoid' }],
  ['out', 'output'],
]

function generatorOf(plan: ModelPlan): Generator {
  const found = findGenerator(plan)
  if (!found.ok) throw new Error(found.problems[0]?.message)
  return found.value
}

/** A planned layer of a kind, wired to others at named ports. */
function layer(id: string, kind: string, outputShape: readonly number[], ...from: string[]): PlannedLayer {
  const inputs = from.map((each) => {
    const [layerId = '', port = 'input'] = each.split(':')
    return { layerId, port, shape: [] }
  })
  const counts = { parameterCount: 0, trainableCount: 0, flops: 0, activationElements: 0 }
  return { id, kind, name: id, parameters: {}, inputs, outputShape, weights: [], masked: false, ...counts }
}

describe('what draws pictures in a model', () => {
  it('of a variational autoencoder is all behind the latent layer', () => {
    const generator = generatorOf(planOf(documentOf('vae', vae(2))))
    expect(generator.sources.map(({ id }) => id)).toEqual(['latent'])
    expect(generator.layers.map(({ id }) => id)).toEqual(['decoder', 'out'])
    expect(generator).toMatchObject({ resultId: 'out', isAdversarial: false, shape: [1, 6, 6] })
  })

  it('of an adversarial pair is what is wired to its generated port', () => {
    const layers = [
      layer('real', 'input', [1, 4, 4]),
      layer('noise', 'noise', [3]),
      layer('decoder', 'dense', [16], 'noise'),
      layer('fake', 'reshape', [1, 4, 4], 'decoder'),
      layer('pair', 'adversarialPair', [1, 4, 4], 'real:real', 'fake:generated'),
      layer('critic', 'dense', [1], 'pair'),
      layer('out', 'output', [1], 'critic'),
    ]
    const counts = { parameterCount: 0, trainableCount: 0, flops: 0, activationElements: 0 }
    const plan = { name: 'gan', layers, inputIds: ['real'], outputIds: ['out'], ...counts }
    const generator = generatorOf(plan)
    expect(generator.layers.map(({ id }) => id)).toEqual(['decoder', 'fake'])
    expect(generator).toMatchObject({ resultId: 'fake', isAdversarial: true, shape: [1, 4, 4] })
  })

  it.each<[string, readonly LayerLine[], RegExp]>([
    [
      'there is no latent layer',
      [
        ['image', 'input', { shape: [1, 6, 6] }],
        ['out', 'output'],
      ],
      /no layer to draw new samples from/,
    ],
    [
      'it also needs the input',
      [...vae(2).slice(0, 5), ['join', 'concatenate', {}, 'latent', 'flat'], ...vae(2).slice(5)],
      /out also depends on the input image/,
    ],
    [
      'the result is no picture',
      vae(2).with(5, ['decoder', 'dense', { units: 5 }]),
      /out gives 5 values per sample, which make no picture/,
    ],
  ])('is told why there is none where %s', (_, lines, message) => {
    const found = findGenerator(planOf(documentOf('model', lines)))
    expect(found).toMatchObject({ ok: false, problems: [{ code: 'pictures.none' }] })
    expect(!found.ok && found.problems[0]?.message).toMatch(message)
  })
})

describe('latent values', () => {
  const generator = generatorOf(planOf(documentOf('vae', vae(2))))

  it('are normal, the same for the same seed, and do not depend on how many are drawn', () => {
    const values = drawLatents(generator, 5000, 3).latent ?? new Float32Array()
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(values).toHaveLength(10_000)
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(variance - 1)).toBeLessThan(0.05)
    expect(drawLatents(generator, 10, 3).latent).toEqual(values.slice(0, 20))
    expect(drawLatents(generator, 10, 4).latent).not.toEqual(values.slice(0, 20))
  })

  it('cover a plane in steps of equal probability', () => {
    const grid = latentGrid(generator, 3).latent ?? new Float32Array()
    expect(grid).toHaveLength(18)
    // Quantiles of 1/6, 1/2 and 5/6.
    const outer = 0.9674216
    const expected = [-outer, outer, 0, outer, outer, outer]
    for (const [index, value] of expected.entries()) expect(grid[index]).toBeCloseTo(value, 5)
    expect(Math.abs(grid[8] ?? 1)).toBe(0)
  })

  it('have a plane only where there are two', () => {
    expect(hasPlane(generator)).toBe(true)
    expect(hasPlane(generatorOf(planOf(documentOf('vae', vae(3)))))).toBe(false)
  })
})

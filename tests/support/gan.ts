import { type ModelDocument, modelDocumentSchema } from '../../src-core/document/model-document.ts'
import { elementCount, type Shape } from '../../src-core/tensor-graph/types.ts'
import { fillUniform } from '../../src-core/training/random.ts'
import { documentOf, type LayerLine } from './models.ts'

/**
 * Two small networks with batch normalisation in each, placed so that every weight has a gradient. Wires go to ports in
 * the order of the sources: the real samples first, then the generated ones.
 */
export const smallGan: readonly LayerLine[] = [
  ['real', 'input', { shape: [3] }],
  ['noise', 'noise', { shape: [4] }],
  ['dense1', 'dense', { units: 6, activation: 'tanh' }, 'noise'],
  ['bn1', 'batchNormalization'],
  ['dense2', 'dense', { units: 3 }],
  ['pair', 'adversarialPair', {}, 'real', 'dense2'],
  ['dense3', 'dense', { units: 5 }],
  ['leaky', 'leakyRelu', { negativeSlope: 0.2 }],
  ['bn2', 'batchNormalization'],
  ['tanh', 'activation', { activation: 'tanh' }],
  ['dense4', 'dense', { units: 1 }],
  ['judgement', 'output'],
]

/** A document whose training has a recipe. */
export function withRecipe(
  lines: readonly LayerLine[],
  recipe: Readonly<Record<string, unknown>>,
  training: Readonly<Record<string, unknown>> = {},
): ModelDocument {
  return modelDocumentSchema.parse({
    ...documentOf('model', lines),
    training: { ...training, recipe },
  })
}

/** The normal noise that a layer draws from two uniform streams, in double precision. */
export function normalNoiseOf(
  streams: readonly [string, string],
  shape: Shape,
  seed: number,
  step: number,
): number[] {
  const [one, other] = streams.map((key) => {
    const drawn = new Float32Array(elementCount(shape))
    fillUniform(drawn, seed, key, step)
    return drawn
  })
  if (!one || !other) throw new Error('normal noise takes two streams')
  return Array.from(
    one,
    (u, index) => Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * (other[index] ?? 0)),
  )
}

/** Numbers as rows of so many. */
export function inRows(values: ArrayLike<number | bigint>, width: number): number[][] {
  const all = Array.from(values, Number)
  return Array.from({ length: all.length / width }, (_, row) => all.slice(row * width, (row + 1) * width))
}

import { expect, it } from 'vitest'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { chain, threeClasses, trainingPlace } from './support/training-place.ts'

/** A network that maps rows of {@link threeClasses} to points of four numbers. */
function embeddingOf(loss: string): ModelDocument {
  const layers = [
    ['dense', { units: 24, activation: 'relu' }],
    ['dense', { units: 4 }],
  ] as const
  const document = chain('classes', [4], layers, { epochs: 15, batchSize: 32, seed: 4 })
  return {
    ...document,
    layers: document.layers.map((layer) =>
      layer.kind === 'output' ? { ...layer, parameters: { loss } } : layer,
    ),
  }
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

const samples = 60

it.each(['supervisedContrastive', 'tripletSemiHard'])(
  '%s brings samples of one class together',
  async (loss) => {
    const place = trainingPlace([threeClasses(700)])
    const { runId, detail } = await place.train(embeddingOf(loss))
    expect(detail.run.status).toBe('finished')
    const [first, last] = [detail.epochs[0]?.train, detail.epochs.at(-1)?.train]
    expect(Object.keys(last ?? {})).toEqual(['loss', 'learningRate'])
    expect(last?.loss).toBeLessThan(0.9 * (first?.loss ?? 0))
    const predicted = await place.application.predictions.predictDataset(runId, 'classes', 0, samples)
    if (!predicted.ok) throw new Error(predicted.problems[0]?.message)
    const points = predicted.value.map(({ outputs }) => {
      const [output] = Object.values(outputs)
      if (!output || !('values' in output)) throw new Error('the output is no list of numbers')
      return output.values
    })
    // The class of row i is i mod 3: the nearest other row should mostly have the same.
    const right = points.filter((point, row) => {
      const likeness = points.map((other, at) => (at === row ? -2 : cosine(point, other)))
      return likeness.indexOf(Math.max(...likeness)) % 3 === row % 3
    })
    expect(right.length / samples).toBeGreaterThan(0.9)
  },
)

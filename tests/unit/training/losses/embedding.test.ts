import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../../src-core/tensor-graph/graph-builder.ts'
import { sampleLoss } from '../../../../src-core/training/losses/sample-losses.ts'
import { fillUniform } from '../../../../src-core/training/random.ts'
import type { LossKind } from '../../../../src-core/training/run-config.ts'
import { runOnnx } from '../../../support/run-onnx.ts'

async function losses(kind: LossKind, points: readonly (readonly number[])[], classes: readonly number[]) {
  const builder = new GraphBuilder('embedding')
  const prediction = builder.input('points', 'float32', [points.length, points[0]?.length ?? 0])
  const target = builder.input('classes', 'int32', [classes.length])
  const loss = { kind, target: 'classIndex', fromScores: true, weight: 1 } as const
  builder.output('loss', sampleLoss(loss, { builder, prediction, target }))
  const feeds = { points: Float32Array.from(points.flat()), classes: Int32Array.from(classes) }
  return Array.from((await runOnnx(builder.build(), feeds)).loss?.data ?? [], Number)
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  const unit = (x: readonly number[]) => x.map((value) => value / Math.hypot(...x))
  const other = unit(b)
  return unit(a).reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0)
}

/** Triplet by triplet. */
function tripletLosses(points: readonly (readonly number[])[], classes: readonly number[], margin: number) {
  return points.map((point, anchor) => {
    const distances = points.map((other) => squaredDistance(point, other))
    const negatives = distances.filter((_, at) => classes[at] !== classes[anchor])
    const positives = distances.filter((_, at) => at !== anchor && classes[at] === classes[anchor])
    const terms = positives.map((positive) => {
      const further = negatives.filter((negative) => negative > positive)
      const negative = further.length > 0 ? Math.min(...further) : Math.max(...negatives)
      return Math.max(positive - negative + margin, 0)
    })
    return terms.reduce((sum, term) => sum + term, 0) / Math.max(1, terms.length)
  })
}

describe('triplet loss', () => {
  it('is the same for batches whose triplets are looked at in parts', async () => {
    const batch = 101
    const noise = new Float32Array(batch * 3)
    fillUniform(noise, 1, 'points', 0)
    const points = Array.from({ length: batch }, (_, row) =>
      Array.from(noise.subarray(3 * row, 3 * row + 3), (value) => value - 0.5),
    )
    const classes = points.map((_, row) => (row * row) % 7)
    const found = await losses('tripletSemiHard', points, classes)
    const expected = tripletLosses(points, classes, 0.2)
    expect(found).toHaveLength(batch)
    const differences = expected.map((value, row) => Math.abs((found[row] ?? Number.NaN) - value))
    expect(Math.max(...differences)).toBeLessThan(2e-6)
    expect(expected.some((value) => value > 0.01)).toBe(true)
  })
})

describe('a batch of one sample', () => {
  it.each(['tripletSemiHard', 'supervisedContrastive'] as const)('loses nothing by %s', async (kind) => {
    const [loss] = await losses(kind, [[1, 2, 3]], [4])
    expect(loss).toBeCloseTo(0, 10)
  })
})

import { describe, expect, it } from 'vitest'
import { longDocument } from '../../../bench/compile-bench.ts'
import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import { problem } from '../../../src-core/problems.ts'
import { trainingSettingsSchema } from '../../../src-core/training/run-config.ts'
import { MemoryService } from '../../../src-main/services/memory-service.ts'
import { smallGan } from '../../support/gan.ts'
import { documentOf, type LayerLine, leNet, mlp } from '../../support/models.ts'

const contrastive: readonly LayerLine[] = [
  ['image', 'input', { shape: [1, 28, 28] }],
  ['rotation', 'randomRotation', { degrees: 20 }],
  ['conv', 'conv2d', { filters: 8, kernelSize: [5, 5], strides: [2, 2], activation: 'relu' }],
  ['flat', 'flatten'],
  ['projection', 'dense', { units: 24 }],
  ['embedding', 'output'],
]

const noData = { findByName: () => undefined }

function document(batchSize: number) {
  const drawn = documentOf('LeNet', leNet())
  return { ...drawn, training: { ...drawn.training, batchSize } }
}

function serviceWith(available: number): MemoryService {
  return new MemoryService(noData, () => ({ available, total: 8e9 }))
}

describe('what a training needs', () => {
  it('is told beside what is free', () => {
    expect(serviceWith(4e9).report(document(64))).toMatchObject({
      batchSize: 64,
      available: 4e9,
      fittingBatchSize: null,
    })
  })

  it('comes, where it is not free, with the largest power of two that fits', () => {
    const service = serviceWith(4e8)
    const report = service.report(document(8192))
    expect(report?.needed).toBeGreaterThan(4e8)
    const fitting = report?.fittingBatchSize ?? 0
    expect(service.report(document(fitting))?.needed).toBeLessThanOrEqual(4e8)
    expect(service.report(document(2 * fitting))?.needed).toBeGreaterThan(4e8)
  })

  it('is not known while the drawing has errors', () => {
    const drawn = document(64)
    expect(serviceWith(4e9).report({ ...drawn, connections: drawn.connections.slice(1) })).toBeNull()
  })

  it('is not known, and no bug, while samples are to be mixed that cannot be', () => {
    const table = documentOf('table', mlp(4, [8], 3))
    const training = trainingSettingsSchema.parse({ mixing: { kind: 'cutMix' } })
    expect(serviceWith(4e9).report({ ...table, training })).toBeNull()
  })

  it('is not known, and no bug, for a GAN in mixed precision, which is refused', () => {
    const drawn = documentOf('GAN', smallGan)
    const training = trainingSettingsSchema.parse({ recipe: { kind: 'adversarial' } })
    expect(serviceWith(4e9).report({ ...drawn, training })?.needed).toBeGreaterThan(1e8)
    const mixed = { ...training, precision: 'mixed16' as const }
    expect(serviceWith(4e9).report({ ...drawn, training: mixed })).toBeNull()
  })

  it('grows with the batch without data too, where samples are scored together as in training', () => {
    const drawn = documentOf('contrastive', contrastive)
    const needed = [200, 250, 256, 257, 300, 500, 512].map((batchSize) => {
      const training = trainingSettingsSchema.parse({ batchSize, recipe: { kind: 'contrastive' } })
      return serviceWith(4e9).report({ ...drawn, training })?.needed
    })
    expect(needed.every((bytes) => bytes !== undefined)).toBe(true)
    expect(needed).toEqual([...needed].sort((a = 0, b = 0) => a - b))
  })

  it('follows what is changed, one change after the other', () => {
    const service = serviceWith(4e8)
    const drawn = documentOf('LeNet', leNet())
    const changes = [
      {},
      { epochs: 500 },
      { batchSize: 8192 },
      { optimizer: { kind: 'sgd' } },
      { gradientAccumulationSteps: 3 },
      { clipping: { kind: 'globalNorm', limit: 1 } },
      { epochs: 2 },
    ]
    for (const change of changes) {
      const changed = { ...drawn, training: trainingSettingsSchema.parse(change) }
      expect(service.report(changed)).toEqual(serviceWith(4e8).report(changed))
    }
  })

  it('follows what is changed inside of a block', () => {
    const drawn = document(64)
    const made = makeBlock(drawn, new Set(['dense0']))
    if (!made.ok) throw new Error('no block')
    const { blockId, edit } = made.value
    const before = applyEdit(drawn, edit).document
    const wider: Edit = { type: 'setParameters', layerId: 'dense0', parameters: { units: 5000 } }
    const after = applyEdit(before, { type: 'editBlock', blockId, edit: wider }).document
    const service = serviceWith(4e9)
    const needed = service.report(before)?.needed ?? 0
    expect(service.report(after)?.needed).toBeGreaterThan(1.1 * needed)
  })

  it('is known for 500 layers', () => {
    expect(serviceWith(4e9).report(longDocument(500))?.needed).toBeGreaterThan(2e8)
  })
})

describe('a failure', () => {
  const document256 = document(256)
  const ranOut = problem('run.outOfMemory', 'Memory ran out at step 3.')

  it('for want of memory is told with half the batch at most, even where all of it should have fitted', () => {
    const advised = serviceWith(6e9).advise(ranOut, document256, document256.training)
    expect(advised).toMatchObject({ batchSize: 128, hint: 'A batch size of 128 would fit.' })
  })

  it('without a known reason gets no more than a batch size to try where there was memory enough', () => {
    const died = problem('run.engineDied', 'It ended.')
    expect(serviceWith(6e9).advise(died, document256, document256.training)).toEqual({
      ...died,
      batchSize: 128,
    })
    expect(serviceWith(1e6).advise(died, document256, document256.training).message).toMatch(/needs about/)
  })
})

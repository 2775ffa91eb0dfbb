import { describe, expect, it } from 'vitest'
import { processMemory } from '../../../bench/process-memory.ts'
import { watchedTraining } from '../../../bench/watched-training.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import type { Precision } from '../../../src-core/training/run-config.ts'
import { chain, classifier, threeClasses, trainingPlace } from './support/training-place.ts'

/** 8 kB of activations for every sample and layer. */
function wide(batchSize: number, precision: Precision): ModelDocument {
  return chain(
    'classes',
    [4],
    [
      ['dense', { units: 2000, activation: 'relu' }],
      ['reshape', { targetShape: [20, 10, 10] }],
      ['conv2d', { filters: 20, kernelSize: [3, 3], padding: 'same', activation: 'relu' }],
      ['flatten', {}],
      ['dense', { units: 3 }],
    ],
    { epochs: 2, batchSize, engine: 'cpu', precision },
  )
}

/** What a training was expected to take, and what it took at most, in bytes. */
async function measure(document: ModelDocument): Promise<{ expected: number; peak: number }> {
  const { application } = trainingPlace([threeClasses(5000)])
  let peak = 0
  await watchedTraining(application, document, (_event, pid) => {
    peak = processMemory(pid)?.peak ?? peak
    return false
  })
  const expected = application.memory.report(document)?.needed ?? 0
  const { batchSize, precision } = document.training
  const [told, taken] = [expected, peak].map((bytes) => `${Math.round(bytes / 1e6)} MB`)
  console.log(`batch ${batchSize}, ${precision}: ${told} expected, ${taken} taken`)
  expect(peak).toBeGreaterThan(1e8)
  return { expected, peak }
}

/** Differences as shares of what was taken. */
const bound = 0.4

describe.skipIf(process.platform !== 'linux')('the memory of an engine process', () => {
  it('is what was expected, for small batches and large ones, in both precisions', async () => {
    for (const precision of ['float32', 'mixed16'] as const) {
      const { expected, peak } = await measure(wide(64, precision))
      expect(Math.abs(expected / peak - 1)).toBeLessThan(bound)
    }
    const float = await measure(wide(2000, 'float32'))
    const mixed = await measure(wide(2000, 'mixed16'))
    for (const { expected, peak } of [float, mixed]) {
      expect(Math.abs(expected / peak - 1)).toBeLessThan(bound)
    }
    // Both precisions are measured against each other first, so that the sessions of both are there together.
    const more = mixed.peak - float.peak
    expect(more).toBeGreaterThan(5e7)
    expect(Math.abs((mixed.expected - float.expected) / more - 1)).toBeLessThan(bound)
  })

  it('does not grow with the steps', async () => {
    const place = trainingPlace([threeClasses(2000)])
    const resident: { readonly step: number; readonly bytes: number }[] = []
    // 200 steps an epoch, each with its validation and its checkpoint.
    await watchedTraining(place.application, classifier({ epochs: 30, batchSize: 8 }), (event, pid) => {
      const bytes = processMemory(pid)?.resident
      if (event.type === 'epoch' && bytes !== undefined) resident.push({ step: event.step, bytes })
      return false
    })
    const [warm, late] = [resident.find(({ step }) => step >= 3000), resident.at(-1)]
    if (!warm || !late) throw new Error('the run was too short')
    const perThousand = (late.bytes - warm.bytes) / ((late.step - warm.step) / 1000)
    expect(late.step).toBe(6000)
    expect(perThousand).toBeLessThan(6e6)
  })
})

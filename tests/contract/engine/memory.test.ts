import { describe, expect, it } from 'vitest'
import { processMemory } from '../../../bench/process-memory.ts'
import { watchedTraining } from '../../../bench/watched-training.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { chain, classifier, threeClasses, trainingPlace } from './support/training-place.ts'

/** 8 kB of activations for every sample and layer. */
function wide(batchSize: number): ModelDocument {
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
    { epochs: 2, batchSize },
  )
}

describe.skipIf(process.platform !== 'linux')('the memory of an engine process', () => {
  it.each([64, 2000])('is what was expected, within 40 %%, at batch size %d', async (batchSize) => {
    const place = trainingPlace([threeClasses(5000)])
    const document = wide(batchSize)
    let peak = 0
    await watchedTraining(place.application, document, (_event, pid) => {
      peak = processMemory(pid)?.peak ?? peak
      return false
    })
    const expected = place.application.memory.report(document)?.needed ?? 0
    expect(peak).toBeGreaterThan(1e8)
    expect(Math.abs(expected / peak - 1)).toBeLessThan(0.4)
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

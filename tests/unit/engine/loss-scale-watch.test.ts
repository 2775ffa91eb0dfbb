import { describe, expect, it } from 'vitest'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { LossScaleWatch } from '../../../src-main/engine/process/loss-scale-watch.ts'

function tensors(values: Readonly<Record<string, number>>): Map<string, NamedTensor> {
  return new Map(
    Object.entries(values).map(([key, value]) => {
      const name = `lossScaling/${key}`
      return [name, { name, dtype: 'float32', shape: [], data: Float32Array.of(value) }]
    }),
  )
}

describe('what loss scaling did in an epoch', () => {
  it('is nothing in float32, and where no step was skipped', () => {
    expect(new LossScaleWatch(tensors({})).endEpoch(tensors({}), 1, 10)).toEqual({})
    const watch = new LossScaleWatch(tensors({ skippedSteps: 3 }))
    expect(watch.endEpoch(tensors({ skippedSteps: 3, scale: 8192 }), 1, 10)).toEqual({})
  })

  it('is told with the number of skipped steps of this epoch alone', () => {
    const watch = new LossScaleWatch(tensors({}))
    expect(watch.endEpoch(tensors({ skippedSteps: 2, scale: 16384 }), 1, 10).note).toContain(
      'Epoch 1: 2 steps',
    )
    expect(watch.endEpoch(tensors({ skippedSteps: 3, scale: 8192 }), 2, 10).note).toBe(
      "Epoch 2: 1 step skipped, because gradients were beyond float16's range. The loss scale is 8192 now.",
    )
  })

  it('ends the run when no step of an epoch was taken', () => {
    const watch = new LossScaleWatch(tensors({}))
    expect(watch.endEpoch(tensors({ skippedSteps: 10, scale: 64 }), 1, 10).problem).toMatchObject({
      code: 'run.diverged',
      message: 'No gradient of epoch 1 was finite in float16, so that no step of it was taken.',
    })
  })
})

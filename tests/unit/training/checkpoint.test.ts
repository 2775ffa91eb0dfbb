import { describe, expect, it } from 'vitest'
import { writeSafetensors } from '../../../src-core/tensor-graph/safetensors.ts'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../../src-core/training/checkpoint.ts'

const kernel = {
  name: 'dense_1.kernel',
  dtype: 'float32',
  shape: [2],
  data: Float32Array.of(0.1, -3),
} as const

const checkpoint: Checkpoint = {
  position: {
    epoch: 2,
    step: 250,
    epochSamples: 12,
    epochSums: [64, 12.25, 40],
    bestLoss: 0.1 + 0.2,
    window: { rowsPerChunk: 1024, chunks: 3 },
    engine: 'onnx/cpu',
    precision: 'mixed16',
    plateau: { learningRate: 0.1 + 0.02, best: 0.1 * 3, wait: 2, cooldown: 1 },
    earlyStopping: { best: 0.1 * 3, bestEpoch: 1, wait: 1, isOver: false },
  },
  tensors: new Map([[kernel.name, kernel]]),
  preparation: new Map([
    ['a', { offset: 0.5, scale: 1, fill: 0 }],
    ['b', { offset: Float32Array.of(0.1, 2), scale: Float32Array.of(3, 1 / 3), fill: 0 }],
  ]),
  documentHash: 'abc',
}

describe('checkpoints', () => {
  it('come back as they were, to the last bit', () => {
    expect(readCheckpoint(writeCheckpoint(checkpoint))).toEqual({ ok: true, value: checkpoint })
  })

  it('are refused when damaged, or when they are weights of something else', () => {
    const bytes = writeCheckpoint(checkpoint)
    const complaints = [
      readCheckpoint(bytes.subarray(0, 100)),
      readCheckpoint(writeSafetensors([kernel])),
      readCheckpoint(
        writeSafetensors([kernel], { format: 'layerloom-checkpoint', version: '1', epoch: 'x' }),
      ),
    ]
    for (const result of complaints) {
      expect(result).toMatchObject({ ok: false, problems: [{ code: 'file.unreadable' }] })
    }
  })
})

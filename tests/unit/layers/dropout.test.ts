import { describe, expect, it } from 'vitest'
import { runLayer } from './run-layer.ts'

const values = { shape: [4], data: Float32Array.of(1, 2, 3, 4) }

describe('dropout', () => {
  it('drops what the noise says and scales up the rest, so that sums stay the same on average', async () => {
    const { data } = await runLayer('dropout', {
      inputs: [values],
      parameters: { rate: 0.75 },
      batchSize: 1,
      training: true,
      noise: Float32Array.of(0, 0.7499, 0.75, 0.99),
    })
    expect([...data]).toEqual([0, 0, 12, 16])
  })

  it('does nothing when predicting, or with a rate of 0', async () => {
    const predicting = await runLayer('dropout', { inputs: [values], batchSize: 1 })
    expect(predicting.data).toEqual(values.data)
    const harmless = await runLayer('dropout', {
      inputs: [values],
      parameters: { rate: 0 },
      batchSize: 1,
      training: true,
    })
    expect(harmless.data).toEqual(values.data)
  })
})

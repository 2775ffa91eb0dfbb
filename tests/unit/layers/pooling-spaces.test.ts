import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

/** Six steps of two features: 1 to 6, and their negatives times ten. */
const six = {
  shape: [6, 2],
  data: Float32Array.from([1, 2, 3, 4, 5, 6].flatMap((value) => [value, -10 * value])),
}

async function values(kind: string, parameters: Record<string, unknown> = {}, mask?: Float32Array) {
  const { data } = await runLayer(kind, { inputs: [six], parameters, batchSize: 1, masks: [mask] })
  return [...data]
}

describe('maxPooling1d and averagePooling1d', () => {
  it('pool along the steps and leave the features apart', async () => {
    expect(await values('maxPooling1d')).toEqual([2, -10, 4, -30, 6, -50])
    expect(await values('averagePooling1d', { poolSize: 3, strides: 3 })).toEqual([2, -20, 5, -50])
  })

  it('refuse sequences that are shorter than the window', () => {
    expect(inferred('maxPooling1d', [[3, 2]], { poolSize: 4 })).toMatchObject({
      code: 'shape.tooSmall',
      expected: 'expects a sequence of at least 4 steps for its pooling window of 4',
    })
  })
})

describe('maxPooling3d', () => {
  it('halves a volume along every axis', () => {
    expect(inferred('maxPooling3d', [[3, 8, 6, 5]])).toEqual([3, 4, 3, 2])
    expect(shaped('maxPooling3d', [[3, 8, 6, 4]]).flops).toBe(3 * 4 * 3 * 2 * 8)
  })

  it('refuses what is no volume', () => {
    expect(inferred('maxPooling3d', [[3, 8, 6]])).toMatchObject({
      code: 'shape.rank',
      expected: 'expects a volume of 4 axes (channels × depth × height × width)',
    })
  })
})

describe('globalAveragePooling1d', () => {
  it('averages the steps', async () => {
    expect(await values('globalAveragePooling1d')).toEqual([3.5, -35])
  })

  it('averages only the steps that count', async () => {
    expect(await values('globalAveragePooling1d', {}, Float32Array.of(1, 1, 1, 0, 0, 0))).toEqual([2, -20])
  })

  it('gives zeros for a sequence that is all padding', async () => {
    expect(await values('globalAveragePooling1d', {}, new Float32Array(6))).toEqual([0, 0])
  })
})

describe('adaptive pooling', () => {
  it('cuts bins that overlap where the sizes do not divide', async () => {
    // Six steps in four bins: 1–2, 2–3, 4–5, 5–6.
    expect(await values('adaptiveMaxPooling1d', { outputSize: 4 })).toEqual([2, -10, 3, -20, 5, -40, 6, -50])
    expect(await values('adaptiveAveragePooling1d', { outputSize: 4 })).toEqual([
      1.5, -15, 2.5, -25, 4.5, -45, 5.5, -55,
    ])
  })

  it('counts the elements of all bins', () => {
    expect(shaped('adaptiveAveragePooling1d', [[6, 2]], { outputSize: 4 }).flops).toBe(2 * 8)
  })

  it('refuses to enlarge', () => {
    expect(inferred('adaptiveMaxPooling2d', [[3, 4, 9]], { outputSize: [5, 5] })).toMatchObject({
      code: 'shape.tooSmall',
      parameter: 'outputSize',
      expected: 'expects an image of at least 5 × 5, because pooling only shrinks',
    })
  })
})

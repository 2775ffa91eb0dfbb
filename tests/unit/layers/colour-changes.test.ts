import { describe, expect, it } from 'vitest'
import { inferred, runLayer } from './run-layer.ts'

async function changed(
  kind: string,
  shape: readonly number[],
  values: readonly number[],
  parameters: Record<string, unknown>,
  noise?: readonly number[],
) {
  const run = { inputs: [{ shape, data: Float32Array.from(values) }], parameters, batchSize: 1 }
  const given = noise && { training: true, noise: Float32Array.from(noise) }
  const { data } = await runLayer(kind, { ...run, ...given })
  return Array.from(data, (value) => Math.round(value * 1e5) / 1e5 + 0)
}

describe('randomHue', () => {
  it('makes green of red by a third of the circle, and blue by a third the other way', async () => {
    const red = [0.8, 0.2, 0.2]
    expect(await changed('randomHue', [3, 1, 1], red, { factor: 1 / 3 }, [1])).toEqual([0.2, 0.8, 0.2])
    expect(await changed('randomHue', [3, 1, 1], red, { factor: 1 / 3 }, [0])).toEqual([0.2, 0.2, 0.8])
  })

  it('leaves grey as it is', async () => {
    expect(await changed('randomHue', [3, 1, 1], [0.3, 0.3, 0.3], {}, [1])).toEqual([0.3, 0.3, 0.3])
  })

  it('is refused for images without colours', () => {
    for (const kind of ['randomHue', 'randomColorJitter']) {
      expect(inferred(kind, [[1, 28, 28]])).toMatchObject({
        expected: 'expects an image of 3 channels (red, green, blue)',
      })
    }
  })
})

describe('randomPosterization', () => {
  it('keeps the upper bits of every byte, whatever rounding its scale brought', async () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte)
    const scaled = bytes.map((byte) => byte / 255)
    const kept = await changed('randomPosterization', [1, 16, 16], scaled, { bits: 3, probability: 1 }, [0])
    expect(kept.map((value) => Math.round(value * 255))).toEqual(bytes.map((byte) => byte & 0b1110_0000))
  })
})

describe('randomSharpness', () => {
  it('changes what differs from its surroundings, and never the outermost pixels', async () => {
    const point = [0, 0, 0, 0, 0.5, 0, 0, 0, 0]
    // 0.5 − 0.5 · 5 / 13 is the detail of the point; the noise 1 adds `factor` of it.
    const sharper = 0.5 + 0.5 * (1 - 5 / 13)
    const given = { factor: 1 }
    const rounded = Math.round(sharper * 1e5) / 1e5
    expect(await changed('randomSharpness', [1, 3, 3], point, given, [1])).toEqual(point.with(4, rounded))
    expect(await changed('randomSharpness', [1, 1, 2], [0.2, 0.9], given, [1])).toEqual([0.2, 0.9])
  })
})

describe('solarization', () => {
  it('turns what is not below the threshold into its negative', async () => {
    const row = [0.1, 0.4, 0.5, 0.9]
    expect(await changed('solarization', [1, 1, 4], row, {}, [0, 0.5])).toEqual([0.1, 0.4, 0.5, 0.1])
    expect(await changed('solarization', [1, 1, 4], row, { thresholdFactor: 0 }, [0, 1])).toEqual([
      0.9, 0.6, 0.5, 0.1,
    ])
  })
})

describe('autoContrast', () => {
  it('stretches every channel by itself and leaves one of a single value', async () => {
    const channels = [0.2, 0.3, 0.4, 0.7, 0.7, 0.7]
    expect(await changed('autoContrast', [2, 1, 3], channels, {})).toEqual([0, 0.5, 1, 0.7, 0.7, 0.7])
  })
})

import { describe, expect, it } from 'vitest'
import { inferred, runLayer, shaped } from './run-layer.ts'

/** One picture, a row after the other. */
function picture(...rows: readonly (readonly number[])[]) {
  return { shape: [1, rows.length, rows[0]?.length ?? 0], data: Float32Array.from(rows.flat()) }
}

async function trained(
  kind: string,
  image: ReturnType<typeof picture>,
  parameters: Record<string, unknown>,
  noise: readonly number[],
) {
  const run = { inputs: [image], parameters, batchSize: 1, training: true }
  const { data, shape } = await runLayer(kind, { ...run, noise: Float32Array.from(noise) })
  const width = shape[3] ?? 1
  const rounded = Array.from(data, (value) => Math.round(value * 1e4) / 1e4 + 0)
  return Array.from({ length: shape[2] ?? 0 }, (_, row) => rounded.slice(row * width, (row + 1) * width))
}

const numbered = picture([1, 2, 3], [4, 5, 6])

describe('randomFlip', () => {
  it('mirrors each direction where its noise is below the probability', async () => {
    const flip = (noise: readonly number[]) => trained('randomFlip', numbered, { mode: 'both' }, noise)
    expect(await flip([0.49, 0.5])).toEqual([
      [3, 2, 1],
      [6, 5, 4],
    ])
    expect(await flip([0.5, 0.49])).toEqual([
      [4, 5, 6],
      [1, 2, 3],
    ])
  })
})

describe('randomCrop', () => {
  it('takes the part of the padded image that the noise says', async () => {
    const crop = (noise: readonly number[], given = {}) =>
      trained('randomCrop', numbered, { padding: 1, ...given }, noise)
    expect(await crop([0, 0.99])).toEqual([
      [0, 0, 0],
      [2, 3, 0],
    ])
    expect(await crop([0.5, 0.5])).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(await crop([0, 0], { fillMode: 'wrap' })).toEqual([
      [6, 4, 5],
      [3, 1, 2],
    ])
    expect(await crop([0, 0], { size: [1, 2], fillMode: 'nearest' })).toEqual([[1, 1]])
  })

  it('takes the middle when predicting, an odd pixel less at top and left', async () => {
    const { data, shape } = await runLayer('randomCrop', {
      inputs: [numbered],
      parameters: { size: [1, 2] },
      batchSize: 1,
    })
    expect(shape).toEqual([1, 1, 1, 2])
    expect([...data]).toEqual([1, 2])
  })

  it('refuses a part larger than the padded image', () => {
    expect(inferred('randomCrop', [[3, 32, 32]], { size: [40, 24] })).toEqual([3, 40, 24])
    expect(inferred('randomCrop', [[3, 32, 32]], { size: [41, 24] })).toMatchObject({
      code: 'shape.tooSmall',
      expected: 'expects an image of at least 33 × 16 to cut 41 × 24 out of it',
      parameter: 'size',
    })
  })
})

describe('randomRotation', () => {
  const square = picture([1, 2, 3], [4, 5, 6], [7, 8, 9])

  it('turns by the largest angle at the ends of the noise, clockwise at 0', async () => {
    const turn = (noise: number) => trained('randomRotation', square, { degrees: 90 }, [noise])
    expect(await turn(0)).toEqual([
      [7, 4, 1],
      [8, 5, 2],
      [9, 6, 3],
    ])
    expect(await turn(1)).toEqual([
      [3, 6, 9],
      [2, 5, 8],
      [1, 4, 7],
    ])
    expect(await turn(0.5)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ])
  })

  it('fills what comes from beyond the edges', async () => {
    const wide = picture([1, 2, 3])
    const turn = (parameters: object) =>
      trained('randomRotation', wide, { degrees: 90, interpolation: 'nearest', ...parameters }, [1])
    expect(await turn({ fillMode: 'constant', fillValue: 7 })).toEqual([[7, 2, 7]])
    expect(await turn({ fillMode: 'nearest' })).toEqual([[2, 2, 2]])
  })
})

describe('randomTranslation', () => {
  const row = picture([1, 2, 3, 4])
  const move = (fillMode: string, noise: number) =>
    trained('randomTranslation', row, { widthFactor: 0.5, heightFactor: 0, fillMode }, [0, noise])

  it('moves right for large noise, left for small', async () => {
    expect(await move('constant', 1)).toEqual([[0, 0, 1, 2]])
    expect(await move('constant', 0)).toEqual([[3, 4, 0, 0]])
  })

  it('fills from the border, the mirror or the other side', async () => {
    expect(await move('nearest', 1)).toEqual([[1, 1, 1, 2]])
    expect(await move('reflect', 1)).toEqual([[2, 1, 1, 2]])
    expect(await move('wrap', 1)).toEqual([[3, 4, 1, 2]])
  })

  it('blends neighbours half-way between pixels, also across a wrapped edge', async () => {
    expect(await move('reflect', 0.625)).toEqual([[1, 1.5, 2.5, 3.5]])
    expect(await move('wrap', 0.625)).toEqual([[2.5, 1.5, 2.5, 3.5]])
    expect(await move('constant', 0.625)).toEqual([[0.5, 1.5, 2.5, 3.5]])
  })
})

describe('randomZoom', () => {
  it('shows the middle half at twice the size', async () => {
    const row = picture([0, 4, 8, 12])
    const parameters = { minimumScale: 2, maximumScale: 2, fillMode: 'nearest' }
    expect(await trained('randomZoom', row, parameters, [0.3])).toEqual([[3, 5, 7, 9]])
  })

  it('refuses a reversed range as its own fault', () => {
    expect(inferred('randomZoom', [[3, 8, 8]], { minimumScale: 1.5 })).toMatchObject({
      code: 'layer.badParameter',
      expected: 'expects its smallest scale (1.5) to be at most the upper end of the range (1.2)',
      parameter: 'minimumScale',
      ownFault: true,
    })
  })
})

describe('randomShear', () => {
  it('moves rows sideways by their distance from the middle', async () => {
    const bar = picture([0, 1, 0], [0, 1, 0], [0, 1, 0])
    const parameters = { xFactor: 1, fillMode: 'constant' }
    expect(await trained('randomShear', bar, parameters, [1, 0])).toEqual([
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
    ])
  })
})

describe('erasing', () => {
  const ones = picture([1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1])

  it('blanks a rectangle of the area and proportions that the noise says', async () => {
    const parameters = { probability: 0.5, minimumArea: 0.25, maximumArea: 0.25, maximumRatio: 4 }
    // Area 4 at the ratio 4: four rows of one column, the last.
    expect(await trained('randomErasing', ones, parameters, [0.49, 0, 1, 0.5, 0.99])).toEqual([
      [1, 1, 1, 0],
      [1, 1, 1, 0],
      [1, 1, 1, 0],
      [1, 1, 1, 0],
    ])
    expect(await trained('randomErasing', ones, parameters, [0.51, 0, 1, 0.5, 0.99])).toEqual(
      Array.from({ length: 4 }, () => [1, 1, 1, 1]),
    )
  })

  it('cuts out round any pixel, beyond the edges too', async () => {
    expect(await trained('cutout', ones, { size: [2, 2] }, [0, 0.6])).toEqual([
      [1, 0, 0, 1],
      [1, 1, 1, 1],
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ])
  })
})

describe('colours', () => {
  it('are refused for images that have none', () => {
    for (const kind of ['randomSaturation', 'randomGrayscale', 'grayscale']) {
      expect(inferred(kind, [[1, 28, 28]])).toMatchObject({
        code: 'shape.mismatch',
        expected: 'expects an image of 3 channels (red, green, blue)',
      })
    }
  })

  it('stay between the darkest and the brightest value', async () => {
    const image = picture([0.1, 0.9])
    expect(await trained('randomBrightness', image, { factor: 0.5 }, [1])).toEqual([[0.6, 1]])
    expect(await trained('randomBrightness', image, { factor: 0.5, clip: false }, [1])).toEqual([[0.6, 1.4]])
    expect(await trained('randomContrast', image, { factor: 1 }, [0])).toEqual([[0.5, 0.5]])
    expect(await trained('randomInvert', image, {}, [0.4])).toEqual([[0.9, 0.1]])
  })
})

describe('randomGaussianBlur', () => {
  it('spreads a point by the kernel, mirrored at the edges', async () => {
    const point = picture([1, 0, 0, 0])
    const sigma = Math.sqrt(1 / (2 * Math.log(2)))
    // Then the weights at distance 0 and 1 are as 2 to 1: ½, ¼.
    const parameters = { radius: 1, minimumSigma: sigma, maximumSigma: sigma }
    expect(await trained('randomGaussianBlur', point, parameters, [0.5])).toEqual([[0.5, 0.25, 0, 0]])
  })
})

describe('costs', () => {
  it('count what a sampler computes', () => {
    expect(shaped('randomRotation', [[3, 32, 32]]).flops).toBe(12 * 32 * 32 + 7 * 3 * 32 * 32)
    expect(shaped('randomCrop', [[3, 32, 32]]).flops).toBe(4 * 32 * 3 * 32 * 32)
  })
})

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { pictureSheet } from '../../../src-core/generation/picture-sheet.ts'
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { encodePng } from '../../../src-main/services/encode-png.ts'
import { runLayer } from './run-layer.ts'

const shown = 12
const side = 28
const count = 3 * side * side

/** Digits of the samples in colours of their own, float32 [shown, 3, 28, 28]. */
function colouredDigits(): Float32Array {
  const file = gunzipSync(readFileSync('resources/samples/mnist-images-idx3-ubyte.gz'))
  return Float32Array.from({ length: shown * count }, (_, index) => {
    const [digit, channel] = [Math.floor(index / count), Math.floor(index / side ** 2) % 3]
    const light = (file[16 + digit * side ** 2 + (index % side ** 2)] ?? 0) / 255
    return 0.15 + 0.85 * light * (0.3 + 0.7 * ((digit >> channel) & 1))
  })
}

/** Parameters that make a change plain to see. */
const strong: Readonly<Record<string, Record<string, unknown>>> = {
  randomFlip: { mode: 'both' },
  randomCrop: { padding: 8 },
  randomRotation: { degrees: 45, fillMode: 'constant' },
  randomTranslation: { heightFactor: 0.3, widthFactor: 0.3, fillMode: 'wrap' },
  randomZoom: { minimumScale: 0.5, maximumScale: 1.5, fillMode: 'nearest' },
  randomShear: { xFactor: 0.6 },
  randomContrast: { factor: 0.8 },
  randomSaturation: { factor: 1 },
  randomHue: { factor: 0.5 },
  randomPosterization: { bits: 2 },
  randomSharpness: { factor: 5 },
  randomGrayscale: { probability: 0.5 },
  randomErasing: { probability: 0.9 },
  randomGaussianBlur: { maximumSigma: 3, radius: 6 },
}

const digits = colouredDigits()
const input = { shape: [3, side, side], data: digits }
const sheet: Float32Array[] = [digits]

/** Rows of pictures: for people to look at. */
function writeSheet(): void {
  const stacks = sheet.map((row) => Uint8Array.from(row, (value) => 255 * Math.min(Math.max(value, 0), 1)))
  const png = encodePng(pictureSheet(stacks, [3, side, side], shown))
  mkdirSync('test-results', { recursive: true })
  writeFileSync('test-results/augmentations.png', png)
}
afterAll(writeSheet)

function pictures(batch: Float32Array): Float32Array[] {
  return Array.from({ length: shown }, (_, index) => batch.subarray(index * count, (index + 1) * count))
}

describe('every augmentation', () => {
  const kinds = allLayerDefinitions.filter(({ category }) => category === 'Augmentation')

  it.each(kinds.map(({ kind }) => kind))('%s changes pictures in training only', async (kind) => {
    const run = { inputs: [input], parameters: strong[kind] ?? {}, batchSize: shown }
    const predicted = await runLayer(kind, run)
    expect(predicted.data).toEqual(digits)
    const { data } = await runLayer(kind, { ...run, training: true })
    sheet.push(data)
    const changed = pictures(data).filter((picture, index) =>
      picture.some((value, at) => Math.abs(value - (pictures(digits)[index]?.[at] ?? 0)) > 1e-3),
    )
    expect(changed.length).toBeGreaterThan(2)
    expect(data.every((value) => value > -1e-5 && value < 1 + 1e-5)).toBe(true)
  })

  it.each(kinds.map(({ kind }) => kind))('%s draws anew for every picture of a batch', async (kind) => {
    // The first is grey, which has no hue to turn.
    const [, first] = pictures(digits)
    if (!first) throw new Error('there are no digits')
    const same = new Float32Array(shown * count)
    for (const picture of pictures(same)) picture.set(first)
    const { data } = await runLayer(kind, {
      inputs: [{ shape: input.shape, data: same }],
      parameters: strong[kind] ?? {},
      batchSize: shown,
      training: true,
    })
    expect(new Set(pictures(data).map((picture) => picture.join())).size).toBeGreaterThan(1)
  })
})

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import type { RunDetail } from '../../../src-core/ipc/contract.ts'
import { inverseNormal } from '../../../src-core/training/normal-distribution.ts'
import { uniform } from '../../../src-core/training/random.ts'
import { nodeLauncher } from '../../../src-main/engine/node-launcher.ts'
import { type Application, openApplication } from '../../../src-main/services/application.ts'
import { encodePng } from '../../../src-main/services/encode-png.ts'
import type { PictureRequest, RunPictures } from '../../../src-main/services/picture-service.ts'

// The templates of autoencoders on the MNIST sample that ships, trained shorter, and what they draw.
const resourcesFolder = fileURLToPath(new URL('../../../resources/', import.meta.url))
const shownIn = fileURLToPath(new URL('../../../test-results/pictures/', import.meta.url))
const size = 28 * 28

const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-autoencoders-'))
let application: Application

beforeAll(async () => {
  const workspaceFile = path.join(folder, 'workspace.sqlite')
  application = openApplication({ workspaceFile, resourcesFolder, launch: nodeLauncher(), version: '0.0.0' })
  await application.datasets.addSample('mnist')
  mkdirSync(shownIn, { recursive: true })
})

afterAll(async () => {
  await application.close()
  rmSync(folder, { recursive: true })
})

/** Trains a template for some epochs, with parameters of its layers changed: small enough for a single thread. */
async function train(
  template: string,
  epochs: number,
  changes: Readonly<Record<string, Readonly<Record<string, number>>>> = {},
  batchSize = 32,
): Promise<RunDetail> {
  const document = readTemplate(template)
  const layers = document.layers.map((layer) => ({
    ...layer,
    parameters: { ...layer.parameters, ...changes[layer.id] },
  }))
  const training = { ...document.training, epochs, batchSize, engine: 'cpu' as const }
  const started = await application.runs.start({
    projectId: null,
    document: { ...document, layers, training },
  })
  if (!started.ok) throw new Error(started.problems[0]?.message)
  await application.runs.whenIdle()
  const detail = application.runs.get(started.value.runId)
  if (!detail.ok) throw new Error(detail.problems[0]?.message)
  expect(detail.value.run.status).toBe('finished')
  return detail.value
}

function readTemplate(name: string): ModelDocument {
  const text = readFileSync(path.join(resourcesFolder, `templates/${name}.loom.json`), 'utf8')
  const document = parseDocument(text)
  if (!document.ok) throw new Error(document.problems[0]?.message)
  return document.value
}

async function pictures(runId: number, request: PictureRequest): Promise<RunPictures> {
  const made = await application.pictures.make(runId, request)
  if (!made.ok) throw new Error(made.problems[0]?.message)
  const name = `${runId}-${request.kind}.png`
  writeFileSync(path.join(shownIn, name), encodePng(made.value.sheet))
  return made.value
}

/** Pictures on a sheet at a place of a stack of so many, in 0 to 1. */
function cut({ sheet, levels, rows }: RunPictures, level: number): Float32Array[] {
  const across = Math.min(16, rows.length)
  return rows.map((_, sample) => {
    const top = (Math.floor(sample / across) * levels.length + level) * 30
    return pictureAt(sheet, top, (sample % across) * 30)
  })
}

function pictureAt({ width, pixels }: RunPictures['sheet'], top: number, left: number): Float32Array {
  return Float32Array.from({ length: size }, (_, at) => {
    const place = (top + Math.floor(at / 28)) * width + left + (at % 28)
    return (pixels[4 * place] ?? 0) / 255
  })
}

/** The images of the sample, in 0 to 1, and their digits. */
function digits(from: number, count: number): { image: Float32Array; label: string }[] {
  const dataset = application.datasets.list().find(({ name }) => name === 'mnist')
  const found: { image: Float32Array; label: string }[] = []
  for (let offset = from; offset < from + count; offset += 200) {
    const preview = application.datasets.preview(
      dataset?.id ?? 0,
      offset,
      Math.min(200, from + count - offset),
    )
    if (!preview.ok) throw new Error(preview.problems[0]?.message)
    for (const { values } of preview.value.rows) {
      const { image, label } = values
      if (!Array.isArray(image)) throw new Error('a digit without pixels')
      found.push({ image: Float32Array.from(image, (value) => value / 255), label: String(label) })
    }
  }
  return found
}

function squaredError(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, at) => sum + (value - (other[at] ?? 0)) ** 2, 0) / one.length
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function meanImage(images: readonly Float32Array[]): Float32Array {
  return Float32Array.from({ length: size }, (_, at) => mean(images.map((image) => image[at] ?? 0)))
}

/** How far pictures are from the one that guesses their mean at every pixel. */
function errorOfMeanImage(images: readonly Float32Array[], all: readonly Float32Array[]): number {
  const average = meanImage(all)
  return mean(images.map((image) => squaredError(image, average)))
}

describe('the autoencoder template', () => {
  it('has half the error on test images that their mean has, or less', async () => {
    const { run } = await train('autoencoder', 4, {
      dense_1: { units: 48 },
      code: { units: 16 },
      dense_2: { units: 48 },
    })
    const made = await pictures(run.id, { kind: 'reconstructions', count: 100, seed: 1 })
    expect(made.levels).toEqual(['original', 'reconstruction'])
    const [originals, reconstructions] = [cut(made, 0), cut(made, 1)]
    const all = digits(0, 2000).map(({ image }) => image)
    const guess = errorOfMeanImage(originals, all)
    const error = mean(
      originals.map((image, at) => squaredError(image, reconstructions[at] ?? image.map(() => 9))),
    )
    console.info(`autoencoder: squared error ${error.toFixed(4)}, of the mean image ${guess.toFixed(4)}`)
    expect(error).toBeLessThan(guess / 2)
    // What the sheet shows is what the test part was measured by, but for the rows that were chosen and rounding.
    expect(error / (run.test?.meanSquaredError ?? 0)).toBeGreaterThan(0.85)
    expect(error / (run.test?.meanSquaredError ?? 0)).toBeLessThan(1.15)
    const rows = digits(made.rows[5] ?? 0, 1)[0]
    expect(
      squaredError(rows?.image ?? new Float32Array(size), originals[5] ?? new Float32Array(size)),
    ).toBeLessThan(1e-9)
    expect(await pictures(run.id, { kind: 'reconstructions', count: 100, seed: 1 })).toEqual(made)
    expect(application.pictures.kinds(run.id)).toMatchObject({
      value: { samples: false, plane: false, reconstructions: true },
    })
    const samples = await application.pictures.make(run.id, { kind: 'samples', count: 4, seed: 1 })
    expect(samples).toMatchObject({ ok: false, problems: [{ code: 'pictures.none' }] })
  })
})

describe('the denoising autoencoder template', () => {
  it('brings noisy images nearer to the clean ones than they are', async () => {
    const { run } = await train(
      'denoising-autoencoder',
      1,
      { conv2d_1: { filters: 6 }, conv2d_2: { filters: 8 }, conv2d_3: { filters: 6 } },
      8,
    )
    const made = await pictures(run.id, { kind: 'reconstructions', count: 48, seed: 2 })
    expect(made.levels).toEqual(['original', 'with noise', 'reconstruction'])
    const [clean, noisy, cleaned] = [cut(made, 0), cut(made, 1), cut(made, 2)]
    const error = (of: readonly Float32Array[]) =>
      mean(clean.map((image, at) => squaredError(image, of[at] ?? image)))
    console.info(`denoising: squared error ${error(cleaned).toFixed(4)}, before ${error(noisy).toFixed(4)}`)
    expect(error(noisy)).toBeGreaterThan(0.05)
    expect(error(cleaned)).toBeLessThan(error(noisy) / 3)
  })

  it('also cleans images that come with noise of their own, given as any sample to predict', async () => {
    const [newest] = application.runs.list()
    const images = digits(9000, 20).map(({ image }) => image)
    const noisy = images.map((image, row) =>
      image.map((value, at) => {
        const noise = 0.5 * inverseNormal(uniform(5, 'noise', row, at) + 2 ** -25)
        return Math.min(Math.max(value + noise, 0), 1)
      }),
    )
    const rows = noisy.map((image) => new Map([['image', [...image].map((value) => value * 255)]]))
    const predicted = await application.predictions.predict(newest?.id ?? 0, rows)
    if (!predicted.ok) throw new Error(predicted.problems[0]?.message)
    const errors = predicted.value.map(({ outputs }, row) => {
      const { reconstruction } = outputs
      const values = reconstruction && 'values' in reconstruction ? reconstruction.values : []
      return squaredError(images[row] ?? new Float32Array(size), Float32Array.from(values))
    })
    const before = mean(images.map((image, row) => squaredError(image, noisy[row] ?? image)))
    console.info(
      `denoising given images: squared error ${mean(errors).toFixed(4)}, before ${before.toFixed(4)}`,
    )
    expect(mean(errors)).toBeLessThan(before / 3)
  })
})

describe('the variational autoencoder template', () => {
  let run: RunDetail['run']
  beforeAll(async () => {
    run = (await train('variational-autoencoder', 8, { dense_1: { units: 64 }, dense_4: { units: 64 } })).run
  })

  it('tells reconstruction loss and divergence apart, and both make up the loss', () => {
    const { loss, reconstructionLoss, klLoss } = run.test ?? {}
    expect(klLoss).toBeGreaterThan(1)
    expect(reconstructionLoss).toBeGreaterThan(50)
    expect(loss).toBeCloseTo((reconstructionLoss ?? 0) + (klLoss ?? 0), 2)
  })

  it('draws new pictures that are nearer to real digits than noise is, and differ from each other as digits do', async () => {
    const request = { kind: 'samples', count: 64, seed: 1 } as const
    const { sheet } = await pictures(run.id, request)
    const drawn = Array.from({ length: 64 }, (_, at) =>
      pictureAt(sheet, 30 * Math.floor(at / 8), 30 * (at % 8)),
    )
    const real = digits(0, 2000)
    const nearest = (image: Float32Array) => {
      const distances = real.map((each) => squaredError(image, each.image))
      const distance = Math.min(...distances)
      return { distance, label: real[distances.indexOf(distance)]?.label ?? '' }
    }
    const found = drawn.map(nearest)
    // Noise of the very pixels that were drawn: as bright, in another order.
    const shuffled = drawn.map((image, row) => {
      const keys = Float32Array.from(image, (_, at) => uniform(3, 'shuffle', row, at))
      const order = [...image.keys()].sort((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0))
      return Float32Array.from(order, (at) => image[at] ?? 0)
    })
    const distance = mean(found.map((each) => each.distance))
    const ofNoise = mean(shuffled.map((image) => nearest(image).distance))
    const kinds = new Set(found.map(({ label }) => label)).size
    console.info(
      `variational autoencoder: nearest digit at ${distance.toFixed(4)}, of shuffled pixels ${ofNoise.toFixed(4)}; ${kinds} digits`,
    )
    expect(distance).toBeLessThan(0.7 * ofNoise)
    expect(kinds).toBeGreaterThanOrEqual(5)
    // A generator that always draws the mean image would not be far from digits, and vary by nothing.
    const spread = errorOfMeanImage(drawn, drawn)
    const ofReal = real.slice(0, 500).map(({ image }) => image)
    console.info(
      `variational autoencoder: spread ${spread.toFixed(4)}, of digits ${errorOfMeanImage(ofReal, ofReal).toFixed(4)}`,
    )
    expect(spread).toBeGreaterThan(0.1 * errorOfMeanImage(ofReal, ofReal))
    const ofMean = nearest(meanImage(ofReal)).distance
    console.info(`nearest digit of the mean image at ${ofMean.toFixed(4)}`)
    expect(distance).toBeLessThan(ofMean)
  })

  it('draws the same pictures for the same seed, others for another', async () => {
    const draw = async (seed: number) =>
      (await pictures(run.id, { kind: 'samples', count: 9, seed })).sheet.pixels
    const once = await draw(7)
    expect(await draw(7)).toEqual(once)
    expect(await draw(8)).not.toEqual(once)
  })

  it('shows its plane as a grid, whose neighbours look alike', async () => {
    expect(application.pictures.kinds(run.id)).toMatchObject({
      value: { samples: true, plane: true, reconstructions: true },
    })
    const { sheet } = await pictures(run.id, { kind: 'plane', count: 8, seed: 0 })
    expect([sheet.width, sheet.height]).toEqual([8 * 30 - 2, 8 * 30 - 2])
    const at = (row: number, column: number) => pictureAt(sheet, 30 * row, 30 * column)
    const steps = [0, 1, 2, 3, 4, 5, 6].map((column) => squaredError(at(4, column), at(4, column + 1)))
    expect(mean(steps)).toBeLessThan(squaredError(at(4, 0), at(4, 7)) / 2)
  })
})

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import type { DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import type { LayerView } from '../../../src-core/preview/layer-view.ts'
import type { Result } from '../../../src-core/problems.ts'
import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { buildValueStep } from '../../../src-core/training/build-forward-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import { uniform } from '../../../src-core/training/random.ts'
import { PreviewProcess } from '../../../src-main/engine/preview-process.ts'
import type { PreviewRequest } from '../../../src-main/services/preview-service.ts'
import { documentOf, type LayerLine, leNet, planOf } from '../../support/models.ts'
import { interpret } from '../../support/reference-interpreter/interpret.ts'
import {
  classifier,
  datasetInfo,
  type TrainingPlace,
  threeClasses,
  trainingPlace,
} from './support/training-place.ts'

const templates = fileURLToPath(new URL('../../../resources/templates/', import.meta.url))

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

function template(id: string): ModelDocument {
  return unwrap(parseDocument(readFileSync(path.join(templates, `${id}.loom.json`), 'utf8')))
}

function drawn(dataset: string, lines: readonly LayerLine[]): ModelDocument {
  const document = documentOf('drawn', lines)
  return {
    ...document,
    dataset: { name: dataset, inputs: {}, targets: {} },
    training: { ...document.training, engine: 'cpu', seed: 3 },
  }
}

async function digitsPlace(): Promise<{ place: TrainingPlace; dataset: DatasetInfo }> {
  const place = trainingPlace([])
  return { place, dataset: unwrap(await place.application.datasets.addSample('mnist')) }
}

type Asked = Partial<Omit<PreviewRequest, 'document'>>

async function look({ application }: TrainingPlace, document: ModelDocument, asked: Asked) {
  const request = { document, layerId: '', row: 0, runId: null, draws: null, thumbnails: false, ...asked }
  const answer = unwrap(await application.previews.look(request))
  if (!answer) throw new Error('the question was replaced')
  return answer
}

async function viewsOf(place: TrainingPlace, document: ModelDocument, asked: Asked): Promise<LayerView[]> {
  return (await look(place, document, asked)).views
}

async function viewOf(place: TrainingPlace, document: ModelDocument, asked: Asked): Promise<LayerView> {
  const [view] = await viewsOf(place, document, asked)
  if (!view) throw new Error('nothing to see')
  return view
}

function digit({ application }: TrainingPlace, dataset: DatasetInfo, row: number): number[] {
  const { values } = unwrap(application.datasets.preview(dataset.id, row, 1)).rows[0] ?? { values: {} }
  const pixels = Object.values(values).find((value) => Array.isArray(value))
  if (!Array.isArray(pixels)) throw new Error('no picture')
  return pixels
}

/** Values of a layer in double precision, computed by plain loops from a graph that is cut off there. */
function reference(
  document: ModelDocument,
  layerId: string,
  raw: readonly number[],
  normalization: Parameters<typeof buildValueStep>[0]['normalization'],
): number[] {
  const { plan } = compileModel(document)
  if (!plan) throw new Error('the drawing is wrong')
  const step = buildValueStep({ plan, normalization, batchSize: 1 }, layerId)
  const weights = initializeWeights(plan, document.training.seed)
  const feeds: Record<string, ArrayLike<number>> = {}
  for (const { input } of step.features.values()) feeds[input] = raw
  for (const [name, { input }] of step.weights) {
    feeds[input] = Float32Array.from(weights.get(name)?.data ?? [], Number)
  }
  return Array.from(interpret(step.graph, feeds).value?.data ?? [])
}

/** The largest difference between what is shown and what these values give, relative to the largest of them. */
function largestDifference(view: LayerView, values: readonly number[]): number {
  const most = Math.max(...values.map(Math.abs), 1e-9)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  const { statistics, largest } = view
  const pairs = [
    [statistics.minimum, Math.min(...values)],
    [statistics.maximum, Math.max(...values)],
    [statistics.mean, mean],
    [statistics.standardDeviation, deviation],
    ...largest.map(({ place, value }) => [value, values[indexOf(place, view.shape)] ?? Number.NaN]),
    ...(view.values ?? []).map((value, index) => [value ?? Number.NaN, values[index] ?? Number.NaN]),
  ]
  return Math.max(...pairs.map(([shown = 0, wanted = 0]) => Math.abs(shown - wanted))) / most
}

function indexOf(place: readonly number[], shape: Shape): number {
  return place.reduce((index, at, axis) => index * (shape[axis] ?? 1) + at, 0)
}

/** How far the bytes of planes are off, in bytes: half a step is what rounding takes. */
function pixelDifference({ planes }: LayerView, values: readonly number[]): number {
  if (!planes) return 0
  const { minimum, maximum, pixels } = planes
  const bytes = Array.from(pixels, (byte, index) => {
    return Math.abs(byte - (255 * ((values[index] ?? 0) - minimum)) / (maximum - minimum))
  })
  return Math.max(...bytes)
}

describe('what flows through a model', () => {
  it('is what an independent forward pass gives, at every layer, before training', async () => {
    const { place, dataset } = await digitsPlace()
    const document = drawn('mnist', leNet(0.5))
    const raw = digit(place, dataset, 7)
    const normalization = new Map([['input', { offset: 0, scale: 1 / 255 }]])
    const differences: number[] = []
    for (const { id } of planOf(document).layers) {
      const view = await viewOf(place, document, { layerId: id, row: 7 })
      const wanted = reference(document, id, raw, normalization)
      differences.push(largestDifference(view, wanted))
      expect(pixelDifference(view, wanted)).toBeLessThan(0.51)
    }
    console.log(`largest relative difference: ${Math.max(...differences).toExponential(1)}`)
    expect(differences).toHaveLength(10)
    expect(Math.max(...differences)).toBeLessThan(2e-6)
    // One process for all of them.
    expect(place.processes).toHaveLength(1)
  })

  it('is what prediction gives after training, with the weights of a run', async () => {
    const place = trainingPlace([threeClasses(120)])
    const document = classifier()
    const { runId } = await place.train(document)
    const output = document.layers.at(-1)
    const view = await viewOf(place, document, { layerId: output?.id ?? '', row: 11, runId })
    const [predicted] = unwrap(await place.application.predictions.predictDataset(runId, 'classes', 11, 1))
    const fresh = await viewOf(place, document, { layerId: output?.id ?? '', row: 11 })
    const scores = view.values ?? []
    const exponentials = scores.map((score) => Math.exp(score ?? 0))
    const total = exponentials.reduce((sum, value) => sum + value, 0)
    const prediction = predicted?.outputs[output?.name ?? '']
    if (!prediction || !('probabilities' in prediction)) throw new Error('no class is predicted')
    const wanted = Object.values(prediction.probabilities)
    const differences = exponentials.map((value, index) => Math.abs(value / total - (wanted[index] ?? 0)))
    expect(Math.max(...differences)).toBeLessThan(1e-6)
    expect(fresh.values).not.toEqual(view.values)
  })

  it('is refused with the reason where the weights are those of another drawing, or the row is not there', async () => {
    const place = trainingPlace([threeClasses(120)])
    const document = classifier()
    const { runId } = await place.train(document)
    const wider = {
      ...document,
      layers: document.layers.map((layer) => {
        return layer.parameters.units === 12
          ? { ...layer, parameters: { ...layer.parameters, units: 13 } }
          : layer
      }),
    }
    const ask = (given: ModelDocument, asked: Asked) =>
      place.application.previews.look({
        ...{ document: given, layerId: 'layer1', row: 0, runId: null, draws: null, thumbnails: false },
        ...asked,
      })
    const messages = [
      await ask(wider, { runId }),
      await ask(document, { row: 120 }),
      await ask(document, { layerId: 'gone' }),
      await ask({ ...document, dataset: null }, {}),
      await ask(document, { runId: 77 }),
    ].map((answer) => (answer.ok ? 'shown' : `${answer.problems[0]?.code}: ${answer.problems[0]?.message}`))
    expect(messages).toEqual([
      'preview.weights: The run was trained with another drawing: its kernel of dense_1 is 4 × 12, here it is 4 × 13.',
      'predict.input: "classes" has the rows 1 to 120, so no row 121.',
      'preview.layer: The model has no layer "gone".',
      'data.missing: The model has no dataset, so there is no sample to send through it.',
      'workspace.notFound: There is no run 77 in the workspace.',
    ])
    expect(await viewOf(place, document, { layerId: 'layer1', row: 119 })).toMatchObject({ shape: [12] })
  })
})

describe('draws of layers that make noise in training', () => {
  it('of dropout are those of its formula, the same for the same seed and others for another', async () => {
    const place = trainingPlace([threeClasses(120)])
    const document = classifier()
    const [before] = await viewsOf(place, document, { layerId: 'layer1', row: 4 })
    const draw = (seed: number) =>
      viewsOf(place, document, { layerId: 'layer2', row: 4, draws: { count: 5, seed } })
    const draws = await draw(8)
    const wanted = draws.map((_, step) =>
      (before?.values ?? []).map((value, index) => {
        return uniform(8, 'dropout_2', step, index) >= 0.2 ? (value ?? 0) / 0.8 : 0
      }),
    )
    const differences = draws.flatMap(({ values }, step) =>
      (values ?? []).map((value, index) => Math.abs((value ?? 0) - (wanted[step]?.[index] ?? 0))),
    )
    expect(Math.max(...differences)).toBeLessThan(1e-6)
    expect(new Set(draws.map(({ values }) => String(values))).size).toBeGreaterThan(2)
    expect(await draw(8)).toEqual(draws)
    expect((await draw(9)).map(({ values }) => values)).not.toEqual(draws.map(({ values }) => values))
    const predicting = await viewOf(place, document, { layerId: 'layer2', row: 4 })
    expect(predicting.values).toEqual(before?.values)
  })

  it('of a random flip are the picture or its mirror image, shown as pictures', async () => {
    const { place, dataset } = await digitsPlace()
    const document = drawn('mnist', [
      ['input', 'input', { shape: [1, 28, 28] }],
      ['flip', 'randomFlip', { mode: 'horizontal' }],
      ['flatten', 'flatten'],
      ['head', 'dense', { units: 10, activation: 'softmax' }],
      ['output', 'output'],
    ])
    const pixels = digit(place, dataset, 2)
    const mirrored = pixels.map((_, at) => pixels[28 * Math.floor(at / 28) + 27 - (at % 28)] ?? 0)
    const draws = await viewsOf(place, document, {
      layerId: 'flip',
      row: 2,
      draws: { count: 12, seed: 1 },
    })
    const seen = draws.map(({ planes }) => Array.from(planes?.pixels ?? []).join())
    expect(new Set(seen)).toEqual(new Set([pixels.join(), mirrored.join()]))
    expect(draws[0]?.planes).toMatchObject({ kind: 'picture', minimum: 0, maximum: 1 })
  })
})

describe('padding', () => {
  it('is told from the steps that count', async () => {
    const place = trainingPlace([])
    const dataset = unwrap(await place.application.datasets.addSample('word-order'))
    const document = template('text-classifier')
    const embedding = document.layers.find(({ kind }) => kind === 'embedding')
    const { mask, shape } = await viewOf(place, document, { layerId: embedding?.id ?? '', row: 5 })
    const { values } = unwrap(place.application.datasets.preview(dataset.id, 5, 1)).rows[0] ?? { values: {} }
    const words = Object.values(values).filter((value) => typeof value === 'number')
    const counting = words.filter((word) => word !== 0).length
    expect(mask).toMatchObject({ counting, steps: shape[0] })
    expect(counting).toBeLessThan(shape[0] ?? 0)
    const lstm = document.layers.find(({ kind }) => kind === 'lstm')
    expect((await viewOf(place, document, { layerId: lstm?.id ?? '', row: 5 })).mask).toBeNull()
  })
})

describe('thumbnails', () => {
  it('come for every layer with the same answer', async () => {
    const { place } = await digitsPlace()
    const document = drawn('mnist', leNet())
    const { thumbnails } = await look(place, document, { layerId: 'conv0', row: 1, thumbnails: true })
    expect(Object.keys(thumbnails)).toEqual(document.layers.map(({ id }) => id))
    expect(thumbnails.conv0).toMatchObject({ kind: 'featureMaps', count: 9, total: 10, height: 24 })
    expect(thumbnails.head).toMatchObject({ kind: 'heatMap', height: 1, width: 10 })
  })
})

describe('the process behind it', () => {
  it('answers the newest question only, and keeps what it has made ready', async () => {
    const { place } = await digitsPlace()
    const document = drawn('mnist', leNet())
    const ask = (row: number) =>
      place.application.previews.look({
        ...{ document, layerId: 'conv0', row, runId: null, draws: null, thumbnails: false },
      })
    const answers = await Promise.all([ask(0), ask(1), ask(2)])
    expect(answers.map((answer) => (answer.ok ? answer.value === null : 'refused'))).toEqual([
      true,
      true,
      false,
    ])
    const begin = performance.now()
    unwrap(await ask(3))
    console.log(`a question to the ready process: ${(performance.now() - begin).toFixed(0)} ms`)
    expect(place.processes).toHaveLength(1)
  })

  it('ends on a cancellation, which is answered with nothing, and begins anew when it is asked again', async () => {
    const { place } = await digitsPlace()
    const document = drawn('mnist', leNet())
    const { previews } = place.application
    const request = { document, layerId: 'conv0', row: 0, runId: null, draws: null, thumbnails: false }
    const asked = previews.look(request)
    previews.cancel()
    expect(unwrap(await asked)).toBeNull()
    expect(unwrap(await previews.look(request))?.views).toHaveLength(1)
    expect(place.processes).toHaveLength(2)
  })

  it('ends by itself when nobody asks', async () => {
    const place = trainingPlace([threeClasses(60)])
    const document = classifier()
    const process = new PreviewProcess(place.application.engines, 50)
    const dataset = document.dataset ?? { name: '', inputs: {}, targets: {} }
    const reference = {
      workspaceFile: place.file,
      datasetId: datasetInfo(place, 'classes').id,
      binding: dataset,
    }
    const model = { key: 'one', make: () => ({ document, dataset: reference }) }
    const question = { layerId: 'layer1', row: 0, thumbnails: false }
    expect(unwrap(await process.ask(model, question))?.views).toHaveLength(1)
    expect(process.pid).toBeGreaterThan(0)
    await expect.poll(() => process.pid).toBeUndefined()
    expect(unwrap(await process.ask(model, question))?.views).toHaveLength(1)
    process.cancel()
  })
})

describe('rows of a class', () => {
  it('are found forwards and backwards, round the end of the dataset', () => {
    const place = trainingPlace([threeClasses(1100)])
    const { id } = datasetInfo(place, 'classes')
    const find = (category: string, from: number, direction: 'forwards' | 'backwards' = 'forwards') =>
      unwrap(place.application.previews.findRow({ datasetId: id, column: 'kind', category, from, direction }))
        ?.row
    expect([find('b', 0), find('b', 1), find('b', 2), find('a', 1099), find('c', 1, 'backwards')]).toEqual([
      1, 1, 4, 0, 1097,
    ])
    const unknown = place.application.previews.findRow({
      ...{ datasetId: id, column: 'kind', category: 'z', from: 0, direction: 'forwards' },
    })
    expect(unknown).toMatchObject({ ok: false, problems: [{ code: 'data.column' }] })
  })
})

import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ort from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import type { Result } from '../../../src-core/problems.ts'
import { openCliApplication } from '../../../src-main/cli/cli-application.ts'
import type { Application } from '../../../src-main/services/application.ts'
import { writeIdxPair } from '../../support/idx-files.ts'
import { documentOf } from '../../support/models.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-export-'))
const inFolder = (name: string) => path.join(folder, name)

/** Convolutions, a residual connection, two normalisations, noise, up-sampling: what an export can get wrong. */
const network: ModelDocument = {
  ...documentOf('residual', [
    ['picture', 'input', { shape: [1, 8, 8] }],
    ['conv1', 'conv2d', { filters: 4, kernelSize: [3, 3], padding: 'same' }],
    ['norm1', 'batchNormalization'],
    ['relu1', 'activation', { activation: 'relu' }],
    ['conv2', 'conv2d', { filters: 4, kernelSize: [3, 3], padding: 'same' }, 'relu1'],
    ['norm2', 'batchNormalization'],
    ['sum', 'add', {}, 'relu1', 'norm2'],
    ['pool', 'maxPooling2d', {}, 'sum'],
    ['up', 'upSampling2d'],
    ['average', 'averagePooling2d'],
    ['flat', 'flatten'],
    ['layerNorm', 'layerNormalization'],
    ['noise', 'dropout', { rate: 0.3 }],
    ['head', 'dense', { units: 4, activation: 'softmax' }],
    ['answer', 'output'],
  ]),
  dataset: { name: 'squares', inputs: {}, targets: {} },
}

let application: Application
let runId: number

beforeAll(async () => {
  application = openCliApplication(inFolder('workspace.loom.db'))
  const { images } = writeIdxPair(folder, 200, 8)
  value(await application.datasets.import(images, { name: 'squares' }))
  const training = { ...network.training, epochs: 3, engine: 'cpu' as const }
  const started = await application.runs.start({ projectId: null, document: { ...network, training } })
  runId = value(started).runId
  await application.runs.whenIdle()
  expect(value(application.runs.get(runId)).run.status).toBe('finished')
})
afterAll(() => application.close())

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

describe('an exported ONNX model', () => {
  const file = inFolder('residual.onnx')

  it('gives the app’s own predictions, as the export itself finds out', async () => {
    const exported = value(await application.exports.exportRun(runId, 'onnx', file))
    expect(exported).toMatchObject({ filePath: file, comparedRows: 64 })
    expect(exported.largestDifference).toBeLessThan(1e-5)
  })

  it('takes raw pixels in batches of any size', async () => {
    const squares = value(application.datasets.show('squares'))
    const rows = value(application.datasets.preview(squares.id, 0, 200)).rows
    const predicted = value(await application.predictions.predictDataset(runId, 'squares', 0, 200))
    const session = await ort.InferenceSession.create(file)
    let largest = 0
    for (const batch of [1, 3, 200]) {
      const pixels = rows.slice(0, batch).flatMap(({ values }) => [values.image].flat().map(Number))
      const { answer } = await session.run({
        picture: new ort.Tensor('float32', Float32Array.from(pixels), [batch, 1, 8, 8]),
      })
      expect(answer?.dims).toEqual([batch, 4])
      const shares = Array.from(answer?.data ?? [], Number)
      for (const [index, share] of shares.entries()) {
        const output = predicted[Math.floor(index / 4)]?.outputs.answer
        const own =
          output !== undefined && 'probabilities' in output ? Object.values(output.probabilities) : []
        largest = Math.max(largest, Math.abs(share - (own[index % 4] ?? Number.NaN)))
      }
    }
    console.log(
      `exported residual network: the largest difference from the app's own predictions is ${largest}`,
    )
    expect(largest).toBeLessThan(1e-5)
  })

  it('leaves only the batch axis open', async () => {
    const session = await ort.InferenceSession.create(file)
    expect(session.inputMetadata).toMatchObject([{ name: 'picture', shape: ['batch', 1, 8, 8] }])
    expect(session.outputMetadata).toMatchObject([{ name: 'answer', shape: ['batch', 4] }])
  })

  it('of a document has the seeded initial weights: equal seeds, equal files', async () => {
    const files = ['one.onnx', 'two.onnx', 'other.onnx'].map(inFolder)
    const seeds = [1, 1, 2]
    for (const [index, target] of files.entries()) {
      const training = { ...network.training, seed: seeds[index] ?? 0 }
      value(await application.exports.exportDocument({ ...network, training }, 'onnx', target))
    }
    const [one, two, other] = files.map((target) => readFileSync(target))
    expect(one?.equals(two ?? Buffer.of())).toBe(true)
    expect(one?.equals(other ?? Buffer.of())).toBe(false)
  })

  it('is not made of a drawing with errors', async () => {
    const broken = { ...network, connections: network.connections.slice(1) }
    const exported = await application.exports.exportDocument(broken, 'onnx', inFolder('broken.onnx'))
    expect(exported).toMatchObject({ ok: false, problems: [{ code: 'graph.unconnectedInput' }] })
  })
})

describe('other exports of a run', () => {
  it('write the document that was trained', async () => {
    const file = inFolder('residual.loom.json')
    value(await application.exports.exportRun(runId, 'json', file))
    const detail = value(application.runs.get(runId))
    expect(readFileSync(file, 'utf8')).toBe(serialiseDocument(detail.document))
    expect(value(application.exports.suggestedName(runId, 'json'))).toBe('residual.loom.json')
  })

  it.each(['onnx', 'json'] as const)('as %s of a run that does not exist are a problem', async (format) => {
    expect(await application.exports.exportRun(99, format, inFolder('x'))).toMatchObject({
      ok: false,
      problems: [{ code: 'workspace.notFound' }],
    })
  })

  it.skipIf(process.platform !== 'linux')('to a full disk are a problem', async () => {
    expect(await application.exports.exportRun(runId, 'onnx', '/dev/full')).toMatchObject({
      ok: false,
      problems: [{ code: 'file.notWritten' }],
    })
  })

  it('are not compared when the dataset is gone', async () => {
    application.datasets.remove(value(application.datasets.show('squares')).id)
    const exported = value(await application.exports.exportRun(runId, 'onnx', inFolder('alone.onnx')))
    expect(exported).toMatchObject({ largestDifference: null, comparedRows: 0 })
  })
})

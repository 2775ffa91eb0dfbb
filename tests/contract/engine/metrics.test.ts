import { describe, expect, it } from 'vitest'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { classifier, threeClasses, trainingPlace } from './support/training-place.ts'

/** The classifier with other parameters of its output layer. */
function withOutput(document: ModelDocument, parameters: ModelDocument['layers'][number]['parameters']) {
  const layers = document.layers.map((layer) => (layer.kind === 'output' ? { ...layer, parameters } : layer))
  return { ...document, layers }
}

const metrics = ['accuracy', 'f1', 'precision', 'recall', 'auc', 'prAuc', 'meanIou', 'perplexity']

describe('metrics that an output asks for', () => {
  it('are told for every epoch and the test, and go on exactly after a stop within an epoch', async () => {
    const place = trainingPlace([threeClasses(3001)])
    const document = withOutput(classifier({ epochs: 3, batchSize: 7 }), { metrics })
    const whole = await place.train(document)
    const [first] = whole.detail.epochs
    const { learningRate, ...train } = first?.train ?? {}
    expect(learningRate).toBeGreaterThan(0)
    for (const values of [train, first?.validation, whole.detail.run.test]) {
      expect(Object.keys(values ?? {}).sort()).toEqual([...metrics, 'loss'].sort())
      expect(Object.values(values ?? {}).every(Number.isFinite)).toBe(true)
    }
    expect(whole.detail.run.test?.auc).toBeGreaterThan(0.8)
    const stopped = await place.train(document, (event, runId) => {
      if (event.type === 'step' && event.epoch === 2) void place.application.runs.stop(runId)
    })
    expect(stopped.detail.run.status).toBe('stopped')
    const resumed = await place.resume(stopped.runId)
    const told = ({ detail }: typeof whole) =>
      detail.epochs.map(({ train, validation }) => [train, validation])
    expect(told(resumed)).toEqual(told(whole))
    expect(resumed.detail.run.test).toEqual(whole.detail.run.test)
  })

  it('are measured again with the very same numbers, with another loss too', async () => {
    const place = trainingPlace([threeClasses(1000)])
    const parameters = { metrics, loss: 'categoricalFocalCrossentropy', labelSmoothing: 0.1 }
    const { runId, detail } = await place.train(withOutput(classifier({ epochs: 1 }), parameters))
    const test = await place.application.evaluations.evaluatePart(runId, 'test')
    expect(test).toMatchObject({ ok: true, value: { metrics: detail.run.test ?? {} } })
  })

  it('are refused before the run when they do not fit', async () => {
    const place = trainingPlace([threeClasses(100)])
    const document = withOutput(classifier(), { metrics: ['r2'] })
    expect(await place.application.runs.start({ projectId: null, document })).toMatchObject({
      ok: false,
      problems: [{ code: 'metric.unfit' }],
    })
  })
})

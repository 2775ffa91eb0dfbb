import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { chain, trainingPlace } from './support/training-place.ts'

/**
 * Rows of words 1 to 3 with 0 behind them, and what they read as when words that follow each other are taken for one. The
 * last column holds 0 to 3 only, so that it is imported as a category.
 */
function table(rows: number, change: (row: number, labels: number[]) => void = () => undefined): string {
  const names = [...Array.from({ length: 8 }, (_, at) => `word ${at + 1}`), 'label 1', 'label 2', 'label 3']
  const lines = Array.from({ length: rows }, (_, row) => {
    const labels = [1 + (row % 3), 1 + ((row + 1) % 3), 1 + (Math.floor(row / 3) % 3)]
    const list = labels.slice(0, 1 + (Math.floor(row / 9) % 3))
    const merged = list.filter((label, at) => label !== list[at - 1])
    const words = merged.flatMap((label, at) => new Array<number>(1 + ((row + at) % 2)).fill(label))
    const padded = (values: number[], width: number) => [
      ...values,
      ...new Array<number>(width - values.length).fill(0),
    ]
    const told = padded(merged, 3)
    change(row, told)
    return [...padded(words, 8), ...told].join(',')
  })
  return [names.join(','), ...lines].join('\n')
}

function document(training: Readonly<Record<string, unknown>> = {}): ModelDocument {
  const model = chain(
    'lists',
    [8],
    [
      ['embedding', { inputDim: 4, outputDim: 6, maskZero: true }],
      ['gru', { units: 12, returnSequences: true }],
      ['dense', { units: 4, activation: 'softmax' }],
    ],
    { epochs: 25, batchSize: 16, optimizer: { kind: 'adam', learningRate: 0.02 }, ...training },
  )
  const layers = model.layers.map((layer) =>
    layer.kind === 'output' ? { ...layer, parameters: { loss: 'ctc' } } : layer,
  )
  return { ...model, layers }
}

async function placeWith(text: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-labels-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'lists.csv')
  writeFileSync(file, text)
  const place = trainingPlace([])
  const imported = await place.application.datasets.import(file)
  if (!imported.ok) throw new Error(imported.problems[0]?.message)
  return { place, dataset: imported.value }
}

it('lists of labels in a table are learned, whatever their columns were imported as', async () => {
  const { place, dataset } = await placeWith(table(240))
  expect(dataset.columns.slice(-3).map(({ type }) => type)).toEqual(['number', 'number', 'category'])
  const { runId, detail } = await place.train(document())
  expect(detail.run.problem).toBeNull()
  expect(detail.epochs.at(-1)?.validation?.sequenceAccuracy).toBeGreaterThan(0.9)
  const predicted = await place.application.predictions.predictDataset(runId, 'lists', 0, 40)
  if (!predicted.ok) throw new Error(predicted.problems[0]?.message)
  const right = predicted.value.filter(({ outputs, actual }) => {
    const [output] = Object.values(outputs)
    const told = Object.values(actual ?? {})
      .map(Number)
      .filter((label) => label > 0)
    return output && 'labels' in output && output.labels.join() === told.join()
  })
  // What is predicted knows no mask: what is read behind the words is part of it.
  expect(right.length).toBeGreaterThan(20)
}, 120_000)

it('rows that no path through the steps gives are told of', async () => {
  const wide = chain(
    'lists',
    [3],
    [
      ['reshape', { targetShape: [3, 1] }],
      ['dense', { units: 4 }],
    ],
    { epochs: 1, batchSize: 16 },
  )
  const text = table(60, (row, labels) => {
    if (row % 10 === 0) labels.fill(2)
  }).replaceAll(/^(?:[^,]*,){5}/gm, '')
  const { place } = await placeWith(text)
  const layers = wide.layers.map((layer) =>
    layer.kind === 'output' ? { ...layer, parameters: { loss: 'ctc' } } : layer,
  )
  const { detail } = await place.train({ ...wide, layers })
  expect(detail.run.problem).toBeNull()
  const [warning] = detail.logs.filter(({ level }) => level === 'warning')
  expect(warning?.message).toMatch(/^6 rows have more labels than the steps/)
}, 60_000)

it.each([
  [
    'a label that is no whole number',
    [1, 2.5, 0],
    /Row 8 has 2\.5 in the column "label 2", but labels are whole/,
  ],
  ['a label behind the end', [1, 0, 3], /Row 8 has the label 3 in the column "label 3", but 0 before it/],
])('%s ends the run before it begins', async (_, wrong, message) => {
  const { place } = await placeWith(
    table(60, (row, labels) => {
      if (row === 7) labels.splice(0, 3, ...wrong)
    }),
  )
  const { detail } = await place.train(document({ epochs: 1 }))
  expect(detail.run.problem).toMatchObject({ code: 'loss.target' })
  expect(detail.run.problem?.message).toMatch(message)
})

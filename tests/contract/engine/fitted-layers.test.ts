import { expect, it } from 'vitest'
import { splitRows } from '../../../src-core/datasets/split.ts'
import { readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import { splitSchema } from '../../../src-core/training/run-config.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'
import { chain, line, type TrainingPlace, trainingPlace } from './support/training-place.ts'

/** More rows than are computed together, and not a multiple of them. */
const rows = 1000
const split = splitSchema.parse({ train: 0.6, validation: 0.2, test: 0.2 })
const seed = 3

/** Two fitted layers: the second sees what the first and a fixed scale make of the data. */
const document = chain(
  'line',
  [1],
  [
    ['normalization', { statistics: 'fitted' }],
    ['rescaling', { scale: 2, offset: 5 }],
    ['normalization', { statistics: 'fitted' }],
    ['dense', { units: 1 }],
  ],
  { epochs: 6, batchSize: 16, normalization: 'none', seed, split },
)

function weights({ file }: TrainingPlace, runId: number) {
  const workspace = openWorkspace(file)
  const stored = workspace.checkpoints.last(runId)
  workspace.close()
  const read = readCheckpoint(stored?.bytes ?? new Uint8Array())
  if (!read.ok) throw new Error(read.problems[0]?.message)
  return (name: string) => Number(read.value.tensors.get(name)?.data[0] ?? Number.NaN)
}

it('fits a Normalization layer to the training part before the first step, layer after layer', async () => {
  const place = trainingPlace([line(rows)])
  const { runId, events, detail } = await place.train(document)
  expect(detail.run.status).toBe('finished')

  const all = Uint32Array.from({ length: rows }, (_, row) => row)
  const parts = splitRows(all, split, seed)
  if (!parts.ok) throw new Error(parts.problems[0]?.message)
  const values = Array.from(parts.value.train, (row) => row - rows / 2)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  const found = weights(place, runId)
  expect(found('normalization_1.mean')).toBeCloseTo(mean, 4)
  expect(found('normalization_1.variance') / variance).toBeCloseTo(1, 6)
  // 2 · (mean 0, variance 1) + 5.
  expect(found('normalization_3.mean')).toBeCloseTo(5, 5)
  expect(found('normalization_3.variance')).toBeCloseTo(4, 4)

  const logs = events.flatMap((event) => (event.type === 'log' ? [event.message] : []))
  expect(logs).toContain(`normalization_1 is fitted to the ${values.length} rows of the training part.`)
})

it('keeps the statistics when a run goes on', async () => {
  const place = trainingPlace([line(rows)])
  const whole = await place.train(document)
  const stopped = await place.train(document, (event, runId) => {
    if (event.type === 'step' && event.epoch === 2) void place.application.runs.stop(runId)
  })
  expect(stopped.losses.length).toBeLessThan(whole.losses.length)
  const resumed = await place.resume(stopped.runId)
  expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses)
  expect(weights(place, resumed.runId)('normalization_1.mean')).toBe(
    weights(place, whole.runId)('normalization_1.mean'),
  )
})

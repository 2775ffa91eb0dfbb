import { describe, expect, it } from 'vitest'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { readCheckpoint } from '../../../src-core/training/checkpoint.ts'
import { uniform } from '../../../src-core/training/random.ts'
import { openWorkspace } from '../../../src-main/workspace/open.ts'
import { chain, type SmallDataset, trainingPlace } from './support/training-place.ts'

const statistics = { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 }
const noise = (row: number) => uniform(3, 'noise', 0, Math.max(0, row))

/**
 * One sequence of noise in windows of two steps. What is to be said of a window is the noise of the window before: nobody
 * can without remembering it.
 */
function echoes(rows: number): SmallDataset {
  const column = (name: string, value: (row: number) => number) => ({
    name,
    type: 'number' as const,
    dtype: 'float32' as const,
    shape: [],
    statistics,
    values: (row: number) => [value(row)],
  })
  return {
    name: 'echoes',
    rows,
    target: 'echo',
    columns: [
      column('one', (row) => (row % 2) - 0.5),
      column('two', (row) => noise(row) - 0.5),
      column('echo', (row) => noise(row - 1) - 0.5),
    ],
  }
}

function model(
  layer: string,
  stateful: boolean,
  training: Readonly<Record<string, unknown>> = {},
): ModelDocument {
  const lines: Parameters<typeof chain>[2] = [
    ['reshape', { targetShape: [2, 1] }],
    [layer, { units: 12 }],
    ['dense', { units: 1 }],
  ]
  const document = chain('echoes', [2], lines, {
    epochs: 3,
    batchSize: 8,
    shuffle: false,
    optimizer: { kind: 'adam', learningRate: 0.02 },
    ...training,
  })
  const layers = document.layers.map((each) =>
    each.kind === layer ? { ...each, parameters: { ...each.parameters, stateful } } : each,
  )
  return { ...document, layers }
}

function checkpointOf(file: string, runId: number) {
  const workspace = openWorkspace(file)
  const read = readCheckpoint(workspace.checkpoints.last(runId)?.bytes ?? new Uint8Array())
  workspace.close()
  if (!read.ok) throw new Error(read.problems[0]?.message)
  return read.value
}

describe('training on one sequence', () => {
  it('remembers what the window before held, which no other layer can', async () => {
    const place = trainingPlace([echoes(600)])
    const slow = { optimizer: { kind: 'adam', learningRate: 0.01 } }
    const run = async (stateful: boolean) => {
      const { detail } = await place.train(model('simpleRnn', stateful, { epochs: 6, ...slow }))
      expect(detail.run.status).toBe('finished')
      return [detail.epochs.at(-1)?.validation?.loss, detail.run.test?.loss].map((loss) => loss ?? Number.NaN)
    }
    const [forgets, remembers] = [await run(false), await run(true)]
    // Guessing the mean of uniform noise costs a twelfth, and of 60 rows the first 8 have none before them.
    for (const loss of forgets) expect(loss).toBeGreaterThan(0.06)
    for (const loss of remembers) expect(loss).toBeLessThan(0.03)
  })

  it.each(['lstm', 'gru', 'simpleRnn'])('goes on in the middle of an epoch to the bit: %s', async (layer) => {
    // Long enough that the stop comes before the epoch ends.
    const place = trainingPlace([echoes(32_003)])
    const document = model(layer, true, { epochs: 2 })
    const whole = await place.train(document)
    const stopped = await place.train(document, (event, runId) => {
      if (event.type === 'step' && event.epoch === 2) void place.application.runs.stop(runId)
    })
    expect(stopped.losses.length).toBeLessThan(whole.losses.length)
    const { position, tensors } = checkpointOf(place.file, stopped.runId)
    expect(position.epochSamples).toBeGreaterThan(0)
    const carried = [...tensors.values()].filter(({ name }) => name.startsWith('carried/'))
    const names = layer === 'lstm' ? ['h', 'c'] : ['h']
    expect(carried.map(({ name, shape }) => [name, shape])).toEqual(
      expect.arrayContaining(names.map((name) => [`carried/${layer}_2.${name}`, [8, 12]])),
    )
    const resumed = await place.resume(stopped.runId)
    expect(resumed.detail.run.status).toBe('finished')
    expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses)
    const metrics = ({ detail }: typeof whole) =>
      detail.epochs.map(({ train, validation }) => [train, validation])
    expect(metrics(resumed)).toEqual(metrics(whole))
    expect(resumed.detail.run.test).toEqual(whole.detail.run.test)
    // At the end of an epoch there is nothing that is handed on.
    const { tensors: last } = checkpointOf(place.file, stopped.runId)
    expect([...last.keys()].filter((name) => name.startsWith('carried/'))).toEqual([])
  })

  it('begins an epoch again that goes on with another batch size, and says so', async () => {
    const place = trainingPlace([echoes(32_000)])
    const stopped = await place.train(model('gru', true, { epochs: 2 }), (event, runId) => {
      if (event.type === 'step' && event.epoch === 2) void place.application.runs.stop(runId)
    })
    const { position } = checkpointOf(place.file, stopped.runId)
    expect(position.epochSamples).toBeGreaterThan(0)
    const resumed = await place.resume(stopped.runId, { batchSize: 32 })
    expect(resumed.detail.run.status).toBe('finished')
    expect(resumed.losses).toHaveLength(800)
    const logs = resumed.detail.logs.map(({ message }) => message)
    expect(logs).toContainEqual(expect.stringContaining('epoch 2 begins again'))
  })

  it('scores the parts alone as the run did', async () => {
    const place = trainingPlace([echoes(1003)])
    const { runId, detail } = await place.train(model('lstm', true))
    for (const [part, metrics] of [
      ['validation', detail.epochs.at(-1)?.validation],
      ['test', detail.run.test],
    ] as const) {
      const again = await place.application.evaluations.evaluatePart(runId, part)
      expect(again.ok && again.value.metrics.loss).toBe(metrics?.loss)
    }
  })

  it('is refused while rows are shuffled', async () => {
    const place = trainingPlace([echoes(100)])
    const document = model('lstm', true, { shuffle: true })
    const refused = await place.application.runs.start({ projectId: null, document })
    expect(refused).toMatchObject({
      ok: false,
      problems: [{ code: 'run.config', layerId: 'layer2', fix: { label: 'Switch shuffling off' } }],
    })
  })

  it('takes rows in the order of the dataset for other layers, too', async () => {
    const place = trainingPlace([echoes(80)])
    const training = { epochs: 2, batchSize: 1, split: { train: 1, validation: 0, test: 0 } }
    const never = { ...training, optimizer: { kind: 'sgd', learningRate: 1e-12 } }
    const { losses } = await place.train(model('lstm', false, never))
    // Nothing is learned, so that a step's loss tells its row: the same in every epoch.
    expect(losses.slice(80)).toEqual(losses.slice(0, 80))
    const shuffled = await place.train(model('lstm', false, { ...never, shuffle: true }))
    expect(shuffled.losses.slice(80)).not.toEqual(shuffled.losses.slice(0, 80))
    const sorted = (values: readonly number[]) => values.map((loss) => loss.toFixed(5)).toSorted()
    expect(sorted(shuffled.losses)).toEqual(sorted(losses))
  })
})

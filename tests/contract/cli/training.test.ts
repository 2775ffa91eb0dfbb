import { writeFileSync } from 'node:fs'
import ort from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { runDetailSchema, runSummarySchema } from '../../../src-core/ipc/contract.ts'
import { documentOf, type LayerLine, mlp } from '../../support/models.ts'
import { CliInProcess, CliProcess } from './cli-process.ts'

const metricsSchema = z.object({ loss: z.number(), accuracy: z.number() })

/** What scripts rely on: the promise of `train --json`. */
const trainedSchema = z.object({
  runId: z.int().positive(),
  engine: z.literal('onnx/cpu'),
  device: z.string().min(1),
  epochs: z.array(
    z.object({ epoch: z.int(), step: z.int(), train: metricsSchema, validation: metricsSchema }),
  ),
  test: metricsSchema,
  samplesPerSecond: z.number().positive(),
  seconds: z.number().positive(),
})

const probabilitiesSchema = z.object({
  class: z.string(),
  probability: z.number(),
  probabilities: z.record(z.string(), z.number()),
})
const predictedSchema = z.object({
  runId: z.int(),
  predictions: z.array(
    z.object({
      row: z.int(),
      outputs: z.object({ species: probabilitiesSchema }),
      actual: z.object({ species: z.string() }).optional(),
    }),
  ),
})

const cli = new CliProcess()
/** The same workspace, for what needs no process of its own. */
const quick = new CliInProcess(cli.folder)
const train = [
  'train',
  'iris-classifier',
  '--dataset',
  'iris',
  '--epochs',
  '30',
  '--engine',
  'cpu',
  '--seed',
  '7',
]

let trained: z.output<typeof trainedSchema>
beforeAll(async () => {
  const { exitCode, value, error } = await cli.json(trainedSchema, [...train, '--save', 'Three flowers'])
  expect(exitCode).toBe(0)
  expect(error).toContain('Epoch 30')
  trained = value
})

const runId = () => String(trained.runId)

describe('train', () => {
  it('learns, and tells every epoch and the test', () => {
    expect(trained.epochs.map(({ epoch }) => epoch)).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    )
    expect(trained.epochs.at(-1)?.train.loss).toBeLessThan((trained.epochs[0]?.train.loss ?? 0) / 2)
    expect(trained.test.accuracy).toBeGreaterThan(0.8)
  })

  it('gives the identical curve for the same seed, and another for another', async () => {
    const losses = (value: typeof trained) => value.epochs.map((epoch) => epoch.train.loss)
    const again = await quick.json(trainedSchema, train)
    expect(losses(again.value)).toEqual(losses(trained))
    const other = await quick.json(trainedSchema, [...train, '--seed', '8'])
    expect(losses(other.value)).not.toEqual(losses(trained))
  })

  it('takes data, settings and names from the command line', async () => {
    const args = ['train', 'iris-classifier', '--dataset', csv(), '--target', 'species', '--epochs', '2']
    const settings = ['--batch-size', '8', '--learning-rate', '0.05', '--optimizer', 'sgd', '--seed', '3']
    const more = ['--class-weight', 'balanced', '--clip-norm', '0.5', '--accumulate', '2']
    const { value } = await cli.json(trainedSchema, [...args, ...settings, ...more])
    const detail = await quick.json(runDetailSchema, ['runs', 'show', String(value.runId)])
    expect(detail.value.settings).toMatchObject({
      epochs: 2,
      batchSize: 8,
      seed: 3,
      optimizer: { kind: 'sgd', learningRate: 0.05 },
      classWeights: 'balanced',
      clipping: { kind: 'norm', limit: 0.5 },
      gradientAccumulationSteps: 2,
    })
    expect(detail.value.run.datasetName).toBe('flowers')
  })

  it('tells people where it goes on', async () => {
    const { exitCode, out } = await cli.run(['train', 'iris-classifier', '--epochs', '1'])
    expect(exitCode).toBe(0)
    expect(out).toMatch(
      /^Run \d+ "Iris classifier" finished 1 of 1 epochs in .+ on onnx\/cpu\.\nTest: loss .+, accuracy .+ %\n/,
    )
  })

  it('stops on Ctrl-C, keeps a checkpoint and says so', async () => {
    const stoppedSchema = trainedSchema.extend({ status: z.literal('stopped'), test: z.null() })
    const stopped = await cli.json(stoppedSchema, ['train', 'iris-classifier', '--epochs', '100000'], {
      onError: (text, kill) => {
        if (text.includes('Epoch 1:') && !text.includes('Stopping')) kill('SIGINT')
      },
    })
    expect(stopped.exitCode).toBe(0)
    expect(stopped.value.epochs.length).toBeLessThan(100_000)
    const predicted = await quick.run(['predict', String(stopped.value.runId), 'iris:1'])
    expect(predicted.exitCode).toBe(0)
    const again = ['train', '--resume', String(stopped.value.runId), '--batch-size', '5']
    const resumed = await cli.json(stoppedSchema, again, {
      onError: (text, kill) => {
        if (text.includes('Epoch') && !text.includes('Stopping')) kill('SIGINT')
      },
    })
    expect(resumed.exitCode).toBe(0)
    expect(resumed.value.runId).toBe(stopped.value.runId)
    expect(resumed.value.epochs.length).toBeGreaterThan(stopped.value.epochs.length)
    const shown = await quick.json(runDetailSchema, ['runs', 'show', String(stopped.value.runId)])
    expect(shown.value.settings.batchSize).toBe(5)
  })

  it.each([
    ['another document', ['iris-classifier', '--resume', 'last'], /another one cannot be named/],
    ['other settings', ['--resume', 'last', '--learning-rate', '1'], /--learning-rate cannot be changed/],
    ['a run that is finished', ['--resume', 'Three flowers'], /nothing left to resume/],
    ['a run that is not there', ['--resume', 'nothing'], /no run "nothing"/],
    ['nothing at all', [], /a document, or --resume/],
  ])('does not go on with %s', async (_what, args, message) => {
    const refusal = await quick.problems(['train', ...args])
    expect(refusal.exitCode).not.toBe(0)
    expect(refusal.message).toMatch(message)
  })

  it('says before it trains what memory it needs', async () => {
    const { error } = await cli.run(['train', 'iris-classifier', '--epochs', '1'])
    expect(error).toMatch(/Training needs about \d+ MB at batch size \d+; [\d.]+ [MG]B free\./)
  })
})

describe('a trained run', () => {
  it('is listed, the newest first, and shown by number or name', async () => {
    const listed = await quick.json(z.object({ runs: z.array(runSummarySchema) }), ['runs', 'list'])
    const numbers = listed.value.runs.map((run) => run.id)
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
    const shown = await quick.json(runDetailSchema, ['runs', 'show', 'Three flowers'])
    expect(shown.value.run).toMatchObject({
      id: trained.runId,
      name: 'Three flowers',
      status: 'finished',
      test: trained.test,
    })
    expect(shown.value.hasWeights).toBe(true)
  })

  it('evaluates to the very test metrics of its training', async () => {
    const schema = z.object({
      runId: z.int(),
      part: z.literal('test'),
      samples: z.int(),
      metrics: metricsSchema,
    })
    const { value } = await cli.json(schema, ['evaluate', runId()])
    expect(value.samples).toBe(23)
    expect(value.metrics.accuracy).toBe(trained.test.accuracy)
    expect(value.metrics.loss).toBeCloseTo(trained.test.loss, 6)
  })

  it('evaluates on all rows of another dataset with the same columns', async () => {
    const schema = z.object({
      dataset: z.literal('iris'),
      part: z.literal('all'),
      samples: z.literal(150),
      metrics: metricsSchema,
    })
    const { value } = await quick.json(schema, ['evaluate', runId(), '--dataset', 'iris'])
    expect(value.metrics.accuracy).toBeGreaterThan(0.8)
    expect(await quick.problems(['evaluate', runId(), '--dataset', 'breast-cancer'])).toMatchObject({
      exitCode: 1,
      codes: expect.arrayContaining(['data.column']),
    })
  })

  it('predicts the same from a dataset, a CSV file, a JSON file and a row', async () => {
    const row = { 'sepal length': 5.1, 'sepal width': 3.5, 'petal length': 1.4, 'petal width': 0.2 }
    writeFileSync(cli.inFolder('row.json'), JSON.stringify([row]))
    writeFileSync(cli.inFolder('row.csv'), `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`)
    const inputs = [
      'iris:1',
      cli.inFolder('row.json'),
      cli.inFolder('row.csv'),
      JSON.stringify(row),
      '[5.1, 3.5, 1.4, 0.2]',
    ]
    const outputs = []
    for (const input of inputs) {
      const { exitCode, value } = await quick.json(predictedSchema, ['predict', runId(), input])
      expect(exitCode).toBe(0)
      expect(value.predictions).toHaveLength(1)
      outputs.push(value.predictions[0]?.outputs.species)
    }
    for (const output of outputs) expect(output).toEqual(outputs[0])
    expect(outputs[0]?.class).toBe('setosa')
    const sum = Object.values(outputs[0]?.probabilities ?? {}).reduce((total, share) => total + share, 0)
    expect(sum).toBeCloseTo(1, 5)
  })

  it('predicts a range of rows beside what they really are', async () => {
    const { value } = await quick.json(predictedSchema, ['predict', runId(), 'iris:50-52'])
    expect(value.predictions.map(({ row, actual }) => [row, actual?.species])).toEqual([
      [50, 'setosa'],
      [51, 'versicolor'],
      [52, 'versicolor'],
    ])
  })

  it('exports as ONNX with an open batch, and onnxruntime gives the app’s own predictions', async () => {
    const file = cli.inFolder('flowers.onnx')
    const exportedSchema = z.object({
      file: z.literal(file),
      runId: z.int(),
      largestDifference: z.number(),
      comparedRows: z.int(),
    })
    const exported = await cli.json(exportedSchema, ['export', runId(), '--format', 'onnx', '-o', file])
    expect(exported.value.comparedRows).toBe(64)
    expect(exported.value.largestDifference).toBeLessThan(1e-5)

    const { value } = await quick.json(predictedSchema, ['predict', runId(), 'iris:1-150'])
    const preview = await irisRows()
    const session = await ort.InferenceSession.create(file)
    expect(session.inputNames).toEqual(['lengths'])
    expect(session.outputNames).toEqual(['species'])
    let largest = 0
    for (const batch of [150, 1, 7]) {
      const rows = preview.slice(0, batch)
      const feeds = { lengths: new ort.Tensor('float32', Float32Array.from(rows.flat()), [batch, 4]) }
      const { species } = await session.run(feeds)
      expect(species?.dims).toEqual([batch, 3])
      for (const [index, given] of Array.from(species?.data ?? [], Number).entries()) {
        const shares = Object.values(
          value.predictions[Math.floor(index / 3)]?.outputs.species.probabilities ?? {},
        )
        largest = Math.max(largest, Math.abs(given - (shares[index % 3] ?? Number.NaN)))
      }
    }
    console.log(`exported ONNX model: the largest difference from the app's own predictions is ${largest}`)
    expect(largest).toBeLessThan(1e-5)
  })

  it('exports the document that was trained', async () => {
    const { exitCode, out } = await quick.run(['export', runId(), '--format', 'json', '-o', '-'])
    expect(exitCode).toBe(0)
    expect(out).toContain('"name": "Three flowers"')
  })
})

describe('bad input to a run', () => {
  const draw = (name: string, lines: readonly LayerLine[]) => {
    const file = quick.inFolder(`${name}.loom.json`)
    writeFileSync(file, serialiseDocument(documentOf(name, lines)))
    return file
  }
  const head = (units: number, activation: string, loss = 'auto'): LayerLine[] => [
    ['input', 'input', { shape: [4] }],
    ['head', 'dense', { units, activation }],
    ['output', 'output', { loss }],
  ]

  it.each([
    ['no dataset', ['train', draw('plain', mlp(4, [8], 3))], 'data.missing'],
    ['an unknown dataset', ['train', 'iris-classifier', '--dataset', 'tulips'], 'dataset.notFound'],
    [
      'an unknown target column',
      ['train', 'iris-classifier', '--dataset', 'iris', '--target', 'smell'],
      'data.column',
    ],
    [
      'more classes than units',
      ['train', draw('few', head(2, 'softmax')), '--dataset', 'iris'],
      'data.tooManyClasses',
    ],
    [
      'a loss that does not fit the head',
      ['train', draw('relu', head(3, 'relu', 'sparseCategoricalCrossentropy')), '--dataset', 'iris'],
      'loss.head',
    ],
    [
      'a loss that does not fit the target',
      ['train', draw('mse', head(3, 'linear', 'meanSquaredError')), '--dataset', 'iris'],
      'loss.target',
    ],
    ['data of another shape', ['train', 'handwritten-digits', '--dataset', 'iris'], 'data.inputShape'],
    ['a document that is not there', ['train', 'no-such-template'], 'file.notFound'],
    ['no run to evaluate', ['evaluate', '77'], 'workspace.notFound'],
    ['no run to show', ['runs', 'show', 'no such name'], 'workspace.notFound'],
    ['no run to export', ['export', '77', '--format', 'onnx', '-o', 'x.onnx'], 'workspace.notFound'],
    ['no run to predict with', ['predict', '77', '[1, 2, 3, 4]'], 'workspace.notFound'],
  ])('%s is a problem with exit code 1', async (_what, args, code) => {
    const { exitCode, codes } = await quick.problems(args)
    expect({ exitCode, codes }).toEqual({ exitCode: 1, codes: expect.arrayContaining([code]) })
  })

  it.each([
    ['too few values', '[1, 2]', 'predict.input'],
    ['a text for a number', '["long", 1, 1, 1]', 'predict.input'],
    ['broken JSON', '{"sepal length": ', 'predict.input'],
    ['a row that is not there', 'iris:151', 'predict.input'],
    ['the row 0', 'iris:0', 'predict.input'],
    ['a dataset that is not there', 'tulips:3', 'dataset.notFound'],
    ['a file that is not there', 'nowhere.csv', 'file.notFound'],
  ])('%s to predict is a problem with exit code 1', async (_what, input, code) => {
    expect(await quick.problems(['predict', runId(), input])).toMatchObject({ exitCode: 1, codes: [code] })
  })

  it('trains in mixed precision, and says how it compares with float32', async () => {
    const schema = z.object({ engine: z.literal('onnx/cpu'), reason: z.string(), test: metricsSchema })
    const args = ['train', 'iris-classifier', '--dataset', 'iris', '--epochs', '2', '--engine', 'cpu']
    const { exitCode, value } = await quick.json(schema, [...args, '--precision', 'mixed16'])
    expect(exitCode).toBe(0)
    expect(value.reason).toMatch(/in float16 [\d.]+ ms per step \(used\)\. float16 is (slower|faster) here/)
  })

  it('a loss that runs away ends the run with a problem, and keeps the run', async () => {
    const regression = draw('regression', [
      ['input', 'input', { shape: [6] }],
      ['head', 'dense', { units: 1 }],
      ['output', 'output'],
    ])
    const data = ['--dataset', 'iris', '--target', 'petal width']
    const args = [
      'train',
      regression,
      ...data,
      '--optimizer',
      'sgd',
      '--learning-rate',
      '10',
      '--save',
      'wild',
    ]
    expect(await quick.problems(args)).toMatchObject({ exitCode: 1, codes: ['run.diverged'] })
    const shown = await quick.json(runDetailSchema, ['runs', 'show', 'wild'])
    expect(shown.value.run).toMatchObject({ status: 'failed', problem: { code: 'run.diverged' } })
  })
})

function csv(): string {
  const file = cli.inFolder('flowers.csv')
  const rows = Array.from({ length: 60 }, (_, row) => {
    const kind = row % 3
    return [
      kind + (row % 5) / 10,
      3 - kind,
      kind * 2 + (row % 7) / 10,
      (row % 4) / 4,
      ['a', 'b', 'c'][kind],
    ].join(',')
  })
  writeFileSync(file, `one,two,three,four,species\n${rows.join('\n')}\n`)
  return file
}

/** The four lengths of every flower, as the app shows them. */
async function irisRows(): Promise<number[][]> {
  const { openCliApplication } = await import('../../../src-main/cli/cli-application.ts')
  const application = openCliApplication(cli.inFolder('workspace.loom.db'))
  try {
    const iris = application.datasets.show('iris')
    if (!iris.ok) throw new Error('iris is not in the workspace')
    const preview = application.datasets.preview(iris.value.id, 0, 150)
    if (!preview.ok) throw new Error('iris cannot be read')
    return preview.value.rows.map(({ values }) =>
      ['sepal length', 'sepal width', 'petal length', 'petal width'].map((name) => Number(values[name])),
    )
  } finally {
    await application.close()
  }
}

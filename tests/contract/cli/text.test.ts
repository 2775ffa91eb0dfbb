import { writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { documentOf } from '../../support/models.ts'
import { CliInProcess } from './cli-process.ts'

const cli = new CliInProcess()
const story = 'the cat sat on the mat and the rat ran. '.repeat(40)
const tokens = new Set(story).size

const generatedSchema = z.object({
  runId: z.int(),
  prompt: z.string(),
  text: z.string(),
  whole: z.boolean(),
  seed: z.int(),
})

beforeAll(async () => {
  const file = cli.inFolder('story.txt')
  writeFileSync(file, story)
  const imported = await cli.run(['dataset', 'import', file, '--window', '20', '--vocabulary', '40'])
  expect(imported.exitCode).toBe(0)
  expect(imported.out).toContain('79 rows')
  const document = documentOf('story', [
    ['text', 'input', { shape: [20] }],
    ['embedding', 'embedding', { inputDim: tokens, outputDim: 8 }],
    ['gru', 'gru', { units: 8, returnSequences: true }],
    ['characters', 'dense', { units: tokens, activation: 'softmax' }],
    ['next', 'output'],
  ])
  const model = cli.inFolder('story.loom.json')
  writeFileSync(
    model,
    serialiseDocument({ ...document, dataset: { name: 'story', inputs: {}, targets: {} } }),
  )
  const trained = await cli.run(['train', model, '--epochs', '1', '--engine', 'cpu'])
  expect(trained.exitCode).toBe(0)
})

const generate = (...options: string[]) =>
  cli.json(generatedSchema, ['generate', '--run', 'last', ...options])

describe('generate', () => {
  it('writes as many characters as are asked for, the same for the same seed', async () => {
    const options = ['--prompt', 'the cat', '--length', '40', '--temperature', '1.2', '--top-k', '9']
    const { exitCode, value } = await generate(...options, '--seed', '3')
    expect(exitCode).toBe(0)
    expect(value).toMatchObject({ prompt: 'the cat', whole: true, seed: 3 })
    expect(value.text).toHaveLength(40)
    expect((await generate(...options, '--seed', '3')).value.text).toBe(value.text)
    expect((await generate(...options, '--seed', '4')).value.text).not.toBe(value.text)
    const plain = await cli.run(['generate', '--run', 'last', ...options, '--seed', '3'])
    expect(plain.out).toBe(`the cat${value.text}\n`)
  })

  it.each([
    [['--prompt', 'THE'], 'predict.input', 1],
    [['--prompt', 'a', '--temperature', '-1'], 'usage.invalid', 2],
    [['--prompt', 'a', '--length', '0'], 'usage.invalid', 2],
    [['--prompt', 'a', '--run', 'nobody'], 'workspace.notFound', 1],
  ])('refuses %j with %s', async (options, code, exitCode) => {
    const run = options.includes('--run') ? [] : ['--run', 'last']
    expect(await cli.problems(['generate', ...run, ...options])).toMatchObject({
      exitCode,
      codes: [code],
    })
  })

  it('shows what the model takes for the next characters of rows', async () => {
    const { out } = await cli.run(['predict', 'last', 'story:1-2'])
    expect(out.split('\n').find((line) => /^ *1 /.test(line))).toContain(story.slice(1, 21))
  })
})

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { CliInProcess } from './cli-process.ts'

const cli = new CliInProcess()

const shownSchema = z.object({
  layer: z.string(),
  row: z.int(),
  runId: z.int().nullable(),
  shape: z.array(z.int()),
  draws: z.array(
    z.object({
      statistics: z.object({ minimum: z.number(), maximum: z.number() }),
      histogram: z.array(z.int()),
      values: z.array(z.number()).nullable(),
    }),
  ),
})

async function preview(...options: string[]) {
  const file = cli.inFolder('preview.png')
  const { exitCode, out, error } = await cli.run(['preview', ...options, '-o', file, '--json'])
  expect([exitCode, error]).toEqual([0, ''])
  const bytes = readFileSync(file)
  const shown = shownSchema.parse(JSON.parse(out))
  return { shown, size: [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] }
}

it('writes a picture of what a layer makes of a row, and tells its numbers', async () => {
  const { shown, size } = await preview('handwritten-digits', '--layer', 'conv2d_1', '--row', '3')
  expect(shown).toMatchObject({ layer: 'conv2d_1', row: 3, runId: null, shape: [10, 24, 24] })
  expect(shown.draws[0]?.histogram.reduce((sum, count) => sum + count)).toBe(5760)
  // Ten maps of 24 × 24 in four columns and three rows, each pixel as a square of ten.
  expect(size).toEqual([99 * 10, 74 * 10])
})

it('draws several times with the noise of training, the same for the same seed', async () => {
  const draws = async (seed: string) => {
    const { shown } = await preview(
      'handwritten-digits',
      '--layer',
      'dropout_1',
      '--draws',
      '3',
      '--seed',
      seed,
    )
    return shown.draws.map(({ values }) => values)
  }
  const first = await draws('1')
  expect(new Set(first.map(String)).size).toBe(3)
  expect(await draws('1')).toEqual(first)
  expect(await draws('2')).not.toEqual(first)
})

it('counts rows from 1, as the window does', async () => {
  const args = ['preview', 'iris-classifier', '--layer', 'dense_1', '-o', cli.inFolder('x.png')]
  const zero = await cli.run([...args, '--row', '0'])
  expect(zero.exitCode).toBe(2)
  expect(zero.error).toContain('It must be a whole number from 1 to')
  const beyond = await cli.run([...args, '--row', '151'])
  expect(beyond.exitCode).toBe(1)
  expect(beyond.error).toContain('"iris" has the rows 1 to 150, so no row 151.')
})

it('names the layers where there is none of that name', async () => {
  const { exitCode, error } = await cli.run([
    'preview',
    'iris-classifier',
    '--layer',
    'nothing',
    '-o',
    'x.png',
  ])
  expect(exitCode).toBe(1)
  expect(error).toContain('The model has no layer "nothing".')
  expect(error).toContain('Layers: ')
})

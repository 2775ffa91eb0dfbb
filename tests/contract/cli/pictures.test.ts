import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { writeIdxPair } from '../../support/idx-files.ts'
import { documentOf, type LayerLine } from '../../support/models.ts'
import { CliInProcess } from './cli-process.ts'

const cli = new CliInProcess()

/** A variational autoencoder of pictures of 8 × 8; without `latent` layers an ordinary one. */
function autoencoder(latent: readonly LayerLine[]): readonly LayerLine[] {
  return [
    ['image', 'input', { shape: [1, 8, 8] }],
    ['flat', 'flatten'],
    ['hidden', 'dense', { units: 16, activation: 'relu' }],
    ...latent,
    ['pixels', 'dense', { units: 64, activation: 'sigmoid' }],
    ['picture', 'reshape', { targetShape: [1, 8, 8] }],
    ['output', 'output', { reduction: 'sum' }],
  ]
}

const variational: readonly LayerLine[] = [
  ['mean', 'dense', { units: 2 }],
  ['variance', 'dense', { units: 2 }, 'hidden'],
  ['latent', 'gaussianSampling', {}, 'mean', 'variance'],
]

const writtenSchema = z.object({
  runId: z.int(),
  file: z.string(),
  kind: z.string(),
  count: z.int(),
  seed: z.int(),
  rows: z.array(z.int()).optional(),
  levels: z.array(z.string()).optional(),
})

beforeAll(async () => {
  const { images } = writeIdxPair(cli.folder, 200, 8)
  const imported = await cli.run(['dataset', 'import', images, '--name', 'squares'])
  expect(imported.error).toBe('')
  for (const [name, latent] of [
    ['vae', variational],
    ['plain', []],
  ] as const) {
    const file = cli.inFolder(`${name}.loom.json`)
    // Nothing is bound: a picture is compared with the picture that it was made from by itself.
    const dataset = { name: 'squares', inputs: {}, targets: {} }
    writeFileSync(file, serialiseDocument({ ...documentOf(name, autoencoder(latent)), dataset }))
    const trained = await cli.run(['train', file, '--epochs', '2', '--engine', 'cpu', '--save', name])
    expect(trained.exitCode, trained.error).toBe(0)
  }
})

const sizeOf = (file: string) => {
  const bytes = readFileSync(file)
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

describe('sample', () => {
  it('writes a PNG sheet, the same for the same seed', async () => {
    const draw = async (seed: string, name: string) => {
      const file = cli.inFolder(name)
      const args = ['sample', '--run', 'vae', '--count', '9', '--seed', seed, '-o', file]
      const { exitCode, value } = await cli.json(writtenSchema, args)
      expect(exitCode).toBe(0)
      expect(value).toMatchObject({ kind: 'samples', count: 9, seed: Number(seed), file })
      return readFileSync(file)
    }
    const first = await draw('1', 'first.png')
    expect(first.subarray(1, 4).toString()).toBe('PNG')
    // 3 × 3 pictures of 8 × 8 with gaps of 2, enlarged alike in both directions.
    const [width = 0, height] = sizeOf(cli.inFolder('first.png'))
    expect(width % 28).toBe(0)
    expect(height).toBe(width)
    expect(await draw('1', 'again.png')).toEqual(first)
    expect(await draw('2', 'other.png')).not.toEqual(first)
  })

  it('draws the plane of two latent values as a grid', async () => {
    const args = ['sample', '--run', 'vae', '--grid', '--count', '4', '-o', cli.inFolder('grid.png')]
    const { value } = await cli.json(writtenSchema, args)
    expect(value).toMatchObject({ kind: 'plane', count: 16 })
  })

  it('says why a model without latent layers draws nothing', async () => {
    const args = ['sample', '--run', 'plain', '-o', cli.inFolder('none.png')]
    const { exitCode, codes, message } = await cli.problems(args)
    expect([exitCode, codes]).toEqual([1, ['pictures.none']])
    expect(message).toBe('The model has no layer to draw new samples from.')
  })

  it('asks for a run and a file, and refuses a file that cannot be written', async () => {
    expect((await cli.run(['sample', '-o', 'x.png'])).exitCode).toBe(2)
    expect((await cli.run(['sample', '--run', 'vae'])).exitCode).toBe(2)
    const lost = ['sample', '--run', 'vae', '-o', cli.inFolder('missing/x.png')]
    expect((await cli.problems(lost)).codes).toEqual(['file.notWritten'])
  })
})

describe('reconstruct', () => {
  it('writes originals above reconstructions, and says which rows', async () => {
    const args = ['reconstruct', '--run', 'plain', '--count', '5', '-o', cli.inFolder('rows.png')]
    const { exitCode, value } = await cli.json(writtenSchema, args)
    expect(exitCode).toBe(0)
    expect(value).toMatchObject({ kind: 'reconstructions', count: 5, levels: ['original', 'reconstruction'] })
    expect(new Set(value.rows).size).toBe(5)
    const [width = 0, height = 0] = sizeOf(cli.inFolder('rows.png'))
    expect(width / height).toBeCloseTo((5 * 10 - 2) / (2 * 10 - 2), 10)
  })

  it('refuses a model that learns something else', async () => {
    await cli.run([
      'train',
      'iris-classifier',
      '--dataset',
      'iris',
      '--epochs',
      '1',
      '--engine',
      'cpu',
      '--save',
      'iris',
    ])
    const args = ['reconstruct', '--run', 'iris', '-o', cli.inFolder('iris.png')]
    expect(await cli.problems(args)).toMatchObject({ exitCode: 1, codes: ['pictures.none'] })
  })
})

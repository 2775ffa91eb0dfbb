import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { datasetInfoSchema } from '../../../src-core/datasets/dataset-spec.ts'
import { type SmallDisk, smallDisk } from '../../support/small-disk.ts'
import { CliInProcess, CliProcess } from './cli-process.ts'

const cli = new CliProcess()

const checksSchema = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['ok', 'warning', 'failed']),
      detail: z.string().min(1),
      fix: z.string().optional(),
    }),
  ),
})

describe('doctor', () => {
  it('finds everything that is needed, a line each', async () => {
    const { exitCode, value } = await cli.json(checksSchema, ['doctor'])
    expect(exitCode).toBe(0)
    expect(value.ok).toBe(true)
    const found = Object.fromEntries(value.checks.map(({ name, status }) => [name, status]))
    expect(found).toMatchObject({ Node: 'ok', SQLite: 'ok', Workspace: 'ok', 'onnx/cpu': 'ok' })
    expect(Object.keys(found)).toEqual(expect.arrayContaining(['onnx/webgpu', 'Electron', 'Disk', 'Memory']))
  })

  it('names what is broken, with what to do, and exits with 3', async () => {
    const file = cli.inFolder('damaged.loom.db')
    writeFileSync(file, 'not a workspace at all')
    const { exitCode, value } = await cli.json(checksSchema, ['doctor', '--workspace', file])
    expect(exitCode).toBe(3)
    expect(value.checks.find((check) => check.status === 'failed')).toMatchObject({
      name: 'Workspace',
      detail: expect.stringContaining(file),
      fix: expect.any(String),
    })
  })
})

it('engines lists every engine, and the CPU is always one of them', async () => {
  const schema = z.object({
    engines: z.array(
      z.object({ engine: z.string(), available: z.boolean(), device: z.string(), detail: z.string() }),
    ),
  })
  const { value } = await cli.json(schema, ['engines'])
  const every = ['onnx/cpu', 'onnx/webgpu', 'onnx/cuda', 'tensorflow']
  expect(value.engines.map(({ engine }) => engine)).toEqual(every)
  expect(value.engines[0]).toMatchObject({ available: true, device: expect.stringMatching(/thread/) })
})

describe('the workspace', () => {
  it('is the file named by --workspace', async () => {
    const file = cli.inFolder('deep/folder/mine.loom.db')
    const { exitCode } = await cli.run(['runs', 'list', '--workspace', file])
    expect(exitCode).toBe(0)
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3')
  })

  it('is by default where the app keeps it', async () => {
    const { exitCode } = await cli.run(['runs', 'list'], { environment: { LAYERLOOM_WORKSPACE: '' } })
    expect(exitCode).toBe(0)
    expect(
      readFileSync(path.join(cli.inFolder('user-data'), 'workspace.loom.db')).byteLength,
    ).toBeGreaterThan(0)
  })

  const quick = new CliInProcess()
  const list = (file: string) => quick.problems(['runs', 'list', '--workspace', file])
  const bad = (name: string, content: string | Uint8Array) => {
    const file = quick.inFolder(name)
    writeFileSync(file, content)
    return file
  }

  it('that is damaged exits with 3 and stays as it is', async () => {
    const file = bad('damaged.loom.db', 'not a workspace at all')
    expect(await list(file)).toMatchObject({ exitCode: 3, codes: ['workspace.corrupted'] })
    expect(readFileSync(file, 'utf8')).toBe('not a workspace at all')
  })

  it('of a newer version exits with 3', async () => {
    const file = quick.inFolder('newer.loom.db')
    expect((await quick.run(['runs', 'list', '--workspace', file])).exitCode).toBe(0)
    const database = new Database(file)
    database.pragma('user_version = 9999')
    database.close()
    expect(await list(file)).toMatchObject({ exitCode: 3, codes: ['workspace.newer'] })
  })

  it('whose folder is a file exits with 3', async () => {
    const file = path.join(bad('a-file', ''), 'workspace.loom.db')
    expect(await list(file)).toMatchObject({ exitCode: 3, codes: ['workspace.readOnly'] })
  })

  it.skipIf(process.platform !== 'linux')('whose folder cannot be made exits with 3', async () => {
    expect(await list('/proc/no/such/folder/workspace.loom.db')).toMatchObject({
      exitCode: 3,
      codes: ['workspace.readOnly'],
    })
  })
})

describe('a full disk', () => {
  let disk: SmallDisk | undefined
  beforeAll(() => {
    disk = smallDisk(3072)
  })
  afterAll(() => disk?.remove())

  it('during training exits with 3, and what was stored before stays', async ({ skip }) => {
    if (disk === undefined) return skip('a small disk takes Linux and root')
    const file = path.join(disk.folder, 'workspace.loom.db')
    const train = ['train', 'iris-classifier', '--engine', 'cpu', '--workspace', file]
    expect((await cli.run([...train, '--epochs', '2'])).exitCode).toBe(0)
    disk.fill()
    const full = await cli.problems([...train, '--epochs', '2000'])
    expect(full).toMatchObject({ exitCode: 3, codes: ['workspace.diskFull'] })
    const copy = cli.inFolder('copy.loom.db')
    writeFileSync(copy, readFileSync(file))
    const listed = await cli.json(
      z.object({ runs: z.array(z.object({ id: z.int(), status: z.string() })) }),
      ['runs', 'list', '--workspace', copy],
    )
    expect(listed.value.runs.at(-1)).toEqual({ id: 1, status: 'finished' })
  })
})

describe('dataset', () => {
  const quick = new CliInProcess()
  const csv = (name: string, text: string) => {
    const file = quick.inFolder(name)
    writeFileSync(file, text)
    return file
  }
  const importedSchema = z.object({ dataset: datasetInfoSchema })

  it('import takes a table, under a name, with a target', async () => {
    const file = csv('flowers.csv', 'length,colour\n1.5,red\n2,blue\n3,red\n')
    const { exitCode, value } = await quick.json(importedSchema, [
      'dataset',
      'import',
      file,
      '--name',
      'My flowers',
      '--target',
      'colour',
    ])
    expect(exitCode).toBe(0)
    expect(value.dataset).toMatchObject({ name: 'My flowers', rows: 3, defaultTarget: 'colour' })
    expect(await quick.problems(['dataset', 'import', file, '--name', 'My flowers'])).toMatchObject({
      exitCode: 1,
      codes: ['dataset.exists'],
    })
  })

  it('list names what is there and what ships', async () => {
    const schema = z.object({
      datasets: z.array(datasetInfoSchema),
      samples: z.array(z.object({ name: z.string() })),
    })
    const { value } = await quick.json(schema, ['dataset', 'list'])
    expect(value.datasets.map(({ name }) => name)).toEqual(['My flowers'])
    expect(value.samples.map(({ name }) => name)).toEqual(expect.arrayContaining(['mnist', 'iris']))
  })

  it('show tells the columns; a sample is added first', async () => {
    const { value } = await quick.json(importedSchema, ['dataset', 'show', 'iris'])
    expect(value.dataset).toMatchObject({ rows: 150, format: 'sample', defaultTarget: 'species' })
    const { out } = await quick.run(['dataset', 'show', 'My flowers'])
    expect(out).toContain('colour (target)')
    expect(out).toContain('red (2)')
  })

  it.each([
    ['that is not there', 'missing.csv', undefined, 'file.notFound'],
    ['without rows', 'empty.csv', 'a,b\n', 'csv.empty'],
    ['with ragged rows', 'ragged.csv', 'a,b\n1,2\n3\n', 'csv.ragged'],
    ['with an open quote', 'quote.csv', 'a,b\n"1,2\n', 'csv.quotes'],
    ['cut off', 'cut-idx3-ubyte', '\0\0\u0008\u0003\0\0\0\u0009', 'idx.truncated'],
  ])('import refuses a file %s with exit code 1', async (_what, name, text, code) => {
    const file = text === undefined ? quick.inFolder(name) : csv(name, text)
    expect(await quick.problems(['dataset', 'import', file])).toMatchObject({ exitCode: 1, codes: [code] })
  })

  it('show refuses an unknown name with exit code 1', async () => {
    expect(await quick.problems(['dataset', 'show', 'tulips'])).toMatchObject({
      exitCode: 1,
      codes: ['dataset.notFound'],
    })
  })
})

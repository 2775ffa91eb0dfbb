import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { documentOf, mlp } from '../../support/models.ts'
import { CliInProcess } from './cli-process.ts'

const cli = new CliInProcess()
const save = (name: string, document: ModelDocument) => {
  const file = cli.inFolder(`${name}.loom.json`)
  writeFileSync(file, serialiseDocument(document))
  return file
}
const small = save('small', documentOf('model', mlp(4, [8], 3)))
const wide = save('wide', documentOf('model', mlp(4, [16], 3)))

const diffSchema = z.object({
  same: z.boolean(),
  before: z.string(),
  after: z.string(),
  layers: z.array(z.object({ type: z.string(), changes: z.array(z.json()).optional() })),
  wires: z.array(z.json()),
  training: z.array(z.object({ path: z.array(z.string()), before: z.json(), after: z.json() })),
})

describe('diff', () => {
  it('exits with 0 where the models are the same', async () => {
    const { exitCode, out, error } = await cli.run(['diff', small, small])
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: '' })
    expect(out).toBe(`${small} → ${small}: No differences.\n`)
  })

  it('exits with 1 where they differ, and says how', async () => {
    const { exitCode, out, error } = await cli.run(['diff', small, wide])
    expect({ exitCode, error }).toEqual({ exitCode: 1, error: '' })
    expect(out).toBe(`${small} → ${wide}: 1 layer changed.\n\nLayers\n  changed  dense0  units: 8 → 16\n`)
  })

  it('says the same as JSON', async () => {
    const { exitCode, value } = await cli.json(diffSchema, ['diff', small, wide])
    expect(exitCode).toBe(1)
    expect(value).toMatchObject({ same: false, before: small, after: wide, wires: [], training: [] })
    expect(value.layers).toMatchObject([
      { type: 'changed', changes: [{ path: ['parameters', 'units'], before: 8, after: 16 }] },
    ])
  })

  it('exits with 2 where one cannot be read, and says why', async () => {
    const missing = await cli.problems(['diff', small, cli.inFolder('missing.loom.json')])
    expect(missing).toMatchObject({ exitCode: 2, codes: ['file.notFound'] })
    expect(await cli.problems(['diff', '17', small])).toMatchObject({
      exitCode: 2,
      codes: ['workspace.notFound'],
    })
    expect(await cli.problems(['diff', small])).toMatchObject({ exitCode: 2, codes: ['usage.invalid'] })
  })

  it('compares runs with each other and with documents', async () => {
    const train = ['train', 'iris-classifier', '--dataset', 'iris', '--epochs', '1', '--engine', 'cpu']
    expect((await cli.run([...train, '--batch-size', '16'])).exitCode).toBe(0)
    expect((await cli.run([...train, '--batch-size', '8'])).exitCode).toBe(0)
    const runs = await cli.json(diffSchema, ['diff', '1', '2'])
    expect(runs.value.training).toEqual([{ path: ['batchSize'], before: 16, after: 8 }])
    const file = await cli.json(diffSchema, ['diff', 'iris-classifier', 'last'])
    expect(file.value.training).toContainEqual({ path: ['batchSize'], before: 16, after: 8 })
    expect(file.value.layers).toEqual([])
  })

  it('is what git shows, as docs/command-line.md sets it up', () => {
    const folder = cli.inFolder('repository')
    mkdirSync(folder)
    const entry = fileURLToPath(new URL('../../../src-main/cli/index.ts', import.meta.url))
    const command = `sh -c '"${process.execPath}" "${entry}" diff "$2" "$5" || test $? -eq 1' --`
    const git = (...args: string[]) =>
      execFileSync(
        'git',
        [
          '-c',
          'user.name=Test',
          '-c',
          'user.email=test@example.org',
          '-c',
          `diff.layerloom.command=${command}`,
          ...args,
        ],
        { cwd: folder, encoding: 'utf8' },
      )
    const write = (document: ModelDocument) =>
      writeFileSync(path.join(folder, 'model.loom.json'), serialiseDocument(document))
    git('init', '--quiet')
    writeFileSync(path.join(folder, '.gitattributes'), '*.loom.json diff=layerloom\n')
    write(documentOf('model', mlp(4, [8], 3)))
    git('add', '.')
    git('commit', '--quiet', '-m', 'First')
    write(documentOf('model', mlp(4, [32], 3)))
    expect(git('diff')).toContain('1 layer changed.\n\nLayers\n  changed  dense0  units: 8 → 32\n')
  })
})

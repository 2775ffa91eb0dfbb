import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { platform } from 'node:os'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { documentOf, type LayerLine, mlp } from '../../support/models.ts'
import { CliInProcess, CliProcess } from './cli-process.ts'

const cli = new CliInProcess()
const process = new CliProcess()
const validSchema = z.object({
  valid: z.boolean(),
  dataset: z.string().nullish(),
  problems: z.array(z.object({ code: z.string() })),
})

function write(name: string, text: string): string {
  const file = cli.inFolder(name)
  writeFileSync(file, text)
  return file
}
const save = (name: string, document: ModelDocument) =>
  write(`${name}.loom.json`, serialiseDocument(document))
const draw = (name: string, lines: readonly LayerLine[]) => save(name, documentOf(name, lines))

const good = documentOf('good', mlp(4, [8], 3))
const text = serialiseDocument(good)
const circular = documentOf('circular', mlp(4, [8], 3))

describe('validate', () => {
  it.each<[string, ModelDocument]>([
    [
      'mixing cannot blend',
      { ...good, training: { ...good.training, mixing: { kind: 'cutMix', alpha: 1 } } },
    ],
    [
      'nothing is left to train',
      { ...good, layers: good.layers.map((layer) => ({ ...layer, trainable: false })) },
    ],
  ])('refuses what training would refuse because %s, with data and without', async (name, document) => {
    const file = save(name.replaceAll(' ', '-'), document)
    const refusal = { exitCode: 1, value: { valid: false, problems: [{ code: 'run.config' }] } }
    expect(await cli.json(validSchema, ['validate', file])).toMatchObject(refusal)
    expect(await cli.json(validSchema, ['validate', file, '--dataset', 'iris'])).toMatchObject(refusal)
    expect(await cli.problems(['train', file, '--dataset', 'iris'])).toMatchObject({
      exitCode: 1,
      codes: ['run.config'],
    })
  })

  it('finds nothing wrong with a good document', async () => {
    const { exitCode, value } = await cli.json(validSchema, ['validate', save('good', good)])
    expect(exitCode).toBe(0)
    expect(value).toEqual({ valid: true, dataset: null, problems: [] })
  })

  it.each([
    ['truncated', write('truncated.loom.json', text.slice(0, text.length / 2)), 'document.truncated'],
    ['empty', write('empty.loom.json', ''), 'document.truncated'],
    ['not JSON', write('zip.loom.json', 'PK\u0003\u0004…'), 'document.notJson'],
    ['of another program', write('foreign.loom.json', '{"nodes": [], "edges": []}'), 'document.foreign'],
    [
      'of a newer version',
      write('future.loom.json', text.replace('"version": 1', '"version": 3')),
      'document.futureVersion',
    ],
    [
      'with a field of a wrong type',
      write('invalid.loom.json', text.replace('"layers": [', '"layers": 7, "x": [')),
      'document.invalid',
    ],
    ['not there', cli.inFolder('missing.loom.json'), 'file.notFound'],
    ['a folder', cli.folder, 'file.unreadable'],
    [
      'circular',
      save('circular', {
        ...circular,
        connections: [
          ...circular.connections,
          { id: 'back', source: 'head', sourcePort: 'output', target: 'dense0', targetPort: 'input' },
        ],
      }),
      'graph.cycle',
    ],
    [
      'unconnected',
      save('unconnected', { ...good, connections: good.connections.slice(1) }),
      'graph.unconnectedInput',
    ],
    ['empty of layers', draw('nothing', []), 'graph.empty'],
    [
      'mismatched in its shapes',
      draw('mismatch', [
        ['image', 'input', { shape: [1, 28, 28] }],
        ['vector', 'input', { shape: [7] }],
        ['sum', 'add', {}, 'image', 'vector'],
        ['end', 'output'],
      ]),
      'shape.mismatch',
    ],
    [
      'of the wrong rank',
      draw('rank', [
        ['vector', 'input', { shape: [7] }],
        ['conv', 'conv2d'],
        ['end', 'output'],
      ]),
      'shape.rank',
    ],
    [
      'with an unknown kind',
      draw('kind', [
        ['a', 'input', { shape: [3] }],
        ['b', 'teleport'],
        ['c', 'output'],
      ]),
      'layer.unknownKind',
    ],
  ])('names what is wrong with a document that is %s', async (_what, file, code) => {
    const before = file.endsWith('.json') && existsSync(file) ? readFileSync(file, 'utf8') : null
    const { exitCode, value } = await cli.json(validSchema, ['validate', file])
    expect(exitCode).toBe(1)
    expect(value.valid).toBe(false)
    expect(value.problems.map((problem) => problem.code)).toContain(code)
    if (before !== null) expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('tells people on standard error, in sentences with what to do', async () => {
    const { exitCode, out, error } = await process.run([
      'validate',
      save('open', { ...good, connections: [] }),
    ])
    expect(exitCode).toBe(1)
    expect(out).toBe('')
    expect(error).toMatch(/^Error: .+\.\n {2}.+\.\n/)
  })
})

describe('export of a document', () => {
  it('as json writes it as the app would', async () => {
    const target = cli.inFolder('copy.loom.json')
    const { exitCode } = await cli.run(['export', save('good', good), '--format', 'json', '-o', target])
    expect(exitCode).toBe(0)
    expect(readFileSync(target, 'utf8')).toBe(text)
  })

  it('as mermaid names every layer, in the direction asked for', async () => {
    const target = cli.inFolder('good.mmd')
    const schema = z.object({ format: z.literal('mermaid'), file: z.literal(target) })
    const { exitCode } = await cli.json(schema, [
      'export',
      save('good', good),
      '--format',
      'mermaid',
      '--direction',
      'LR',
      '-o',
      target,
    ])
    expect(exitCode).toBe(0)
    const diagram = readFileSync(target, 'utf8')
    expect(diagram).toMatch(/^flowchart LR/m)
    for (const { name } of good.layers) expect(diagram).toContain(name)
  })

  it('as mermaid goes to standard output for "-"', async () => {
    const { exitCode, out } = await process.run([
      'export',
      save('good', good),
      '--format',
      'mermaid',
      '-o',
      '-',
    ])
    expect(exitCode).toBe(0)
    expect(out).toMatch(/flowchart TB/)
  })

  it('as onnx writes the model with its initial weights', async () => {
    const target = cli.inFolder('good.onnx')
    const schema = z.object({
      format: z.literal('onnx'),
      file: z.string(),
      runId: z.null(),
      largestDifference: z.null(),
    })
    const { exitCode } = await cli.json(schema, [
      'export',
      save('good', good),
      '--format',
      'onnx',
      '-o',
      target,
    ])
    expect(exitCode).toBe(0)
    // Field 1 (ir_version) and its value: how an ONNX file begins.
    expect([...readFileSync(target).subarray(0, 2)]).toEqual([8, 10])
  })

  it.each([
    ['a folder that does not exist', cli.inFolder('no/such/folder/x.mmd'), 'file.notWritten'],
    ['a full disk', '/dev/full', 'file.notWritten'],
  ])('says that it cannot be written to %s', async (_where, target, code) => {
    if (target === '/dev/full' && platform() !== 'linux') return
    const args = ['export', save('good', good), '--format', 'mermaid', '-o', target]
    expect(await cli.problems(args)).toMatchObject({ exitCode: 3, codes: [code] })
  })

  it('refuses to mix a text with JSON on standard output', async () => {
    const args = ['export', save('good', good), '--format', 'mermaid', '-o', '-']
    expect(await cli.problems(args)).toMatchObject({ exitCode: 2, codes: ['usage.invalid'] })
  })
})

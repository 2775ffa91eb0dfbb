import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { z } from 'zod'
import { emptyDocument } from '../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import {
  type Channel,
  type ChannelInput,
  type ChannelValue,
  contract,
} from '../../../src-core/ipc/contract.ts'
import type { Result } from '../../../src-core/problems.ts'
import { openCliApplication } from '../../../src-main/cli/cli-application.ts'
import { answer, type Handlers } from '../../../src-main/ipc/answer.ts'
import { createHandlers } from '../../../src-main/ipc/create-handlers.ts'
import type { Desktop } from '../../../src-main/ipc/desktop.ts'
import type { Application } from '../../../src-main/services/application.ts'
import { documentOf, mlp } from '../../support/models.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-handlers-'))
const inFolder = (name: string) => path.join(folder, name)

/** What the person at the desktop chooses next, and what the desktop was told. */
let chosen: readonly string[] | null = null
const told: unknown[] = []
const desktop: Desktop = {
  chooseFiles: async () => chosen,
  chooseSaveFile: async (options) => {
    told.push(options.suggestion)
    return chosen?.[0] ?? null
  },
  openLink: async (address) => {
    told.push(address)
    return chosen !== null
  },
  writeClipboard: (text) => told.push(text),
  readClipboard: async () => 'from another program',
  setWindowState: (state) => told.push(state),
}

let application: Application
let handlers: Handlers
beforeAll(() => {
  application = openCliApplication(inFolder('workspace.loom.db'))
  handlers = createHandlers(application, desktop, '1.2.3')
})
afterAll(() => application.close())
beforeEach(() => {
  chosen = null
  told.length = 0
})

const log = {
  error: (message: string, cause: unknown) => {
    throw new Error(message, { cause })
  },
}
const outputs: { readonly [C in Channel]: { readonly output: z.ZodType<Result<ChannelValue<C>>> } } = contract

/** Calls as the window does: through the choke point, and the answer checked against the contract. */
async function call<C extends Channel>(channel: C, input: ChannelInput<C>): Promise<Result<ChannelValue<C>>> {
  return outputs[channel].output.parse(structuredClone(await answer(channel, handlers, input, log)))
}

async function value<C extends Channel>(channel: C, input: ChannelInput<C>): Promise<ChannelValue<C>> {
  const answered = await call(channel, input)
  if (!answered.ok) throw new Error(JSON.stringify(answered.problems))
  return answered.value
}

it('there is a handler behind every channel of the contract, and behind nothing else', () => {
  expect(Object.keys(handlers).sort()).toEqual(Object.keys(contract).sort())
})

it('blocks that are kept survive, replace those of their name, and are forgotten when they are removed', async () => {
  const block = { id: 'block_1', name: 'residual', parameters: [], layers: [], connections: [] }
  const saved = { name: 'residual', blockId: 'block_1', blocks: [block] }
  expect(await call('blocks.list', {})).toEqual({ ok: true, value: [] })
  await call('blocks.save', saved)
  const other = { ...saved, name: 'attention' }
  await call('blocks.save', other)
  const replaced = { ...saved, blocks: [block, { ...block, id: 'block_2' }] }
  await call('blocks.save', replaced)
  expect(await call('blocks.list', {})).toEqual({ ok: true, value: [other, replaced] })
  expect(await call('blocks.remove', { name: 'attention' })).toEqual({ ok: true, value: [replaced] })
  await call('blocks.remove', { name: 'residual' })
  expect(await call('blocks.list', {})).toEqual({ ok: true, value: [] })
})

describe('links', () => {
  it('lead to pages in the web, when the person agrees', async () => {
    chosen = ['yes']
    const open = (address: string) => call('links.open', { address })
    expect(await open('https://example.org')).toEqual({ ok: true, value: { opened: true } })
    chosen = null
    expect(await open('http://example.org/a')).toEqual({ ok: true, value: { opened: false } })
    expect(told).toEqual(['https://example.org/', 'http://example.org/a'])
  })

  it.each(['javascript:alert(1)', 'file:///etc/hosts', 'https://user@example.org', 'nonsense'])(
    '%s is refused before anybody is asked',
    async (address) => {
      expect(await call('links.open', { address })).toMatchObject({
        ok: false,
        problems: [{ code: 'link.refused' }],
      })
      expect(told).toEqual([])
    },
  )
})

describe('the app', () => {
  it('tells its version, its workspace and what ships', async () => {
    expect(await value('app.info', {})).toMatchObject({
      version: '1.2.3',
      workspaceFile: inFolder('workspace.loom.db'),
      shippedSamples: expect.arrayContaining(['mnist', 'iris']),
    })
    const templates = await value('templates.list', {})
    expect(templates.map((template) => template.id)).toContain('handwritten-digits')
    expect(await value('engines.list', {})).toMatchObject([
      { engine: 'onnx/cpu', available: true },
      { engine: 'onnx/webgpu' },
      { engine: 'onnx/cuda' },
      { engine: 'tensorflow' },
    ])
  })

  it('passes texts to the clipboard and the window’s state to the window', async () => {
    await value('clipboard.writeText', { text: 'flowchart TB' })
    const state = {
      projectId: null,
      title: 'LayerLoom',
      dirty: false,
      undo: 'Add dense_1',
      redo: null,
      language: 'en' as const,
      languageChoice: 'system' as const,
      dialog: false,
    }
    await value('window.setState', { ...state, open: null })
    expect(told).toEqual(['flowchart TB', state])
    expect(await value('clipboard.readText', {})).toEqual({ text: 'from another program' })
  })
})

describe('engines', () => {
  it('that cannot be installed say what is missing; removing none changes nothing', async () => {
    vi.stubEnv('PATH', '/nowhere')
    vi.stubEnv('LAYERLOOM_ENGINES', inFolder('engines'))
    onTestFinished(() => void vi.unstubAllEnvs())
    const answer = await call('engines.install', { engine: 'tensorflow' })
    expect(answer).toMatchObject({ ok: false, problems: [{ code: 'engine.notInstalled' }] })
    expect(await value('engines.cancelInstall', {})).toEqual({})
    const engines = await value('engines.remove', { engine: 'tensorflow' })
    expect(engines.find(({ engine }) => engine === 'tensorflow')).toMatchObject({ available: false })
    application.engines.forgetEngines()
  })
})

describe('projects', () => {
  it('are created, saved, listed, opened and removed', async () => {
    const { project } = await value('projects.create', { document: emptyDocument('First') })
    const document = emptyDocument('Renamed')
    const saved = await value('projects.save', { projectId: project.id, document, reason: 'autosave' })
    expect(saved.filePath).toBeNull()
    expect(await value('projects.list', {})).toMatchObject([{ id: project.id, name: 'Renamed' }])
    const tabs = [{ projectId: project.id, name: 'Renamed' }]
    const state = {
      title: 'Renamed',
      dirty: false,
      undo: null,
      redo: null,
      language: 'en' as const,
      languageChoice: 'system' as const,
      dialog: false,
    }
    await value('window.setState', { ...state, projectId: project.id, open: tabs })
    expect(await value('projects.reopen', {})).toMatchObject({
      opened: [{ project: { id: project.id }, document }],
      shown: project.id,
      lost: [],
    })
    expect(await value('projects.open', { projectId: project.id })).toMatchObject({ document })
    await value('projects.remove', { projectId: project.id })
    expect(await value('projects.list', {})).toEqual([])
  })

  it('go to a chosen file, which gets the extension, and come back from it', async () => {
    const { project, document } = await value('projects.create', { document: emptyDocument('A/B: test') })
    chosen = [inFolder('chosen')]
    const saved = await value('projects.saveFileAs', { projectId: project.id, document })
    expect(told).toEqual(['A-B- test.loom.json'])
    expect(saved).toEqual({ filePath: inFolder('chosen.loom.json') })
    expect(readFileSync(inFolder('chosen.loom.json'), 'utf8')).toBe(serialiseDocument(document))
    chosen = [inFolder('chosen.loom.json')]
    expect(await value('projects.openFile', {})).toMatchObject({ project: { id: project.id } })
  })

  it('from a damaged file are a problem that names it', async () => {
    writeFileSync(inFolder('damaged.loom.json'), '{"format": "layerloom-model", "version": 1, "la')
    chosen = [inFolder('damaged.loom.json')]
    expect(await call('projects.openFile', {})).toMatchObject({
      ok: false,
      problems: [{ code: 'document.truncated', message: expect.stringContaining('damaged.loom.json') }],
    })
  })
})

it('a cancelled dialog changes nothing and is no problem', async () => {
  const { project, document } = await value('projects.create', { document: emptyDocument('Quiet') })
  expect(await value('projects.openFile', {})).toBeNull()
  expect(await value('projects.saveFileAs', { projectId: project.id, document })).toBeNull()
  expect(await value('datasets.importFile', {})).toBeNull()
  expect(await value('exports.saveText', { suggestedName: 'a.mmd', text: 'x' })).toBeNull()
})

describe('data, runs and exports', () => {
  it('go the whole way: sample, training, look, export', async () => {
    const dataset = await value('datasets.addSample', { name: 'iris' })
    expect(
      (await value('datasets.preview', { datasetId: dataset.id, offset: 3, count: 2 })).rows,
    ).toHaveLength(2)
    expect(await value('datasets.list', {})).toEqual([dataset])
    const drawn = documentOf('flowers', mlp(4, [8], 3))
    const binding = { name: 'iris', inputs: {}, targets: {} }
    const document = {
      ...drawn,
      dataset: binding,
      training: { ...drawn.training, epochs: 2, engine: 'cpu' as const },
    }
    const { project } = await value('projects.create', { document })
    const { runId } = await value('runs.start', { projectId: project.id, document })
    expect(await call('runs.start', { projectId: project.id, document })).toMatchObject({
      ok: false,
      problems: [{ code: 'run.busy' }],
    })
    await application.runs.whenIdle()
    expect(await value('runs.list', { projectId: project.id })).toMatchObject([
      { id: runId, status: 'finished' },
    ])
    expect((await value('runs.get', { runId })).epochs).toHaveLength(2)

    chosen = [inFolder('flowers.onnx')]
    const exported = await value('exports.saveModel', { runId, format: 'onnx' })
    expect(exported?.filePath).toBe(inFolder('flowers.onnx'))
    expect(exported?.largestDifference).toBeLessThan(1e-5)
    chosen = [inFolder('flowers.mmd')]
    await value('exports.saveText', { suggestedName: 'flowers.mmd', text: 'flowchart TB' })
    expect(readFileSync(inFolder('flowers.mmd'), 'utf8')).toBe('flowchart TB')

    expect(await call('runs.resume', { runId })).toMatchObject({
      ok: false,
      problems: [{ code: 'run.config' }],
    })
    await value('runs.stop', { runId })
    await value('runs.remove', { runId })
    await value('datasets.remove', { datasetId: dataset.id })
    expect(await value('runs.list', {})).toEqual([])
  })

  it('import a chosen table', async () => {
    writeFileSync(inFolder('table.csv'), 'a,b\n1,x\n2,y\n')
    chosen = [inFolder('table.csv')]
    expect(await value('datasets.importFile', {})).toMatchObject({ name: 'table', rows: 2 })
  })
})

describe('files that were dropped', () => {
  it('are opened as a model or imported as data', async () => {
    writeFileSync(inFolder('dropped.csv'), 'a,b\n1,x\n2,y\n3,x\n')
    expect(await value('files.dropped', { paths: [inFolder('dropped.csv')] })).toMatchObject({
      type: 'dataset',
      dataset: { rows: 3 },
    })
    const template = path.resolve('resources/templates/iris-classifier.loom.json')
    expect(await value('files.dropped', { paths: [template] })).toMatchObject({
      type: 'project',
      opened: { project: { name: 'Iris classifier', filePath: template } },
    })
  })

  it('that are not on the disk, or nothing that is known, are refused with what to do', async () => {
    expect(await call('files.dropped', { paths: [] })).toMatchObject({
      ok: false,
      problems: [{ code: 'usage.invalid', hint: 'Save it to a folder, then drop it from there.' }],
    })
    writeFileSync(inFolder('picture.bin'), Uint8Array.of(1, 0, 2, 0, 255))
    expect(await call('files.dropped', { paths: [inFolder('picture.bin')] })).toMatchObject({ ok: false })
    writeFileSync(inFolder('other.json'), '{}')
    expect(await call('files.dropped', { paths: [inFolder('other.json')] })).toMatchObject({ ok: false })
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ModelDocument, modelDocumentSchema } from '../../src-core/document/model-document.ts'
import { parseDocument } from '../../src-core/document/parse.ts'
import { nodeLauncher } from '../../src-main/engine/node-launcher.ts'
import { type Application, openApplication } from '../../src-main/services/application.ts'

// Every template, on the data it names, in an engine process of its own as the app starts it.
const resourcesFolder = fileURLToPath(new URL('../../resources/', import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-templates-'))
const templates = (await readdir(path.join(resourcesFolder, 'templates'))).toSorted()
let application: Application

beforeAll(() => {
  const workspaceFile = path.join(folder, 'workspace.sqlite')
  application = openApplication({ workspaceFile, resourcesFolder, launch: nodeLauncher(), version: '0.0.0' })
})

afterAll(async () => {
  await application.close()
  rmSync(folder, { recursive: true })
})

/** The template with small batches, on the CPU at once. */
async function template(file: string): Promise<ModelDocument> {
  const text = await readFile(path.join(resourcesFolder, 'templates', file), 'utf8')
  const document = parseDocument(text)
  if (!document.ok) throw new Error(document.problems[0]?.message)
  const { training } = document.value
  const batchSize = Math.min(training.batchSize, 16)
  return modelDocumentSchema.parse({ ...document.value, training: { ...training, batchSize, engine: 'cpu' } })
}

/** Losses of the first steps; the run is stopped as soon as there are two. */
async function firstLosses(document: ModelDocument): Promise<number[]> {
  const losses: number[] = []
  const unsubscribe = application.runs.subscribe((runId, event) => {
    if (event.type !== 'step') return
    losses.push(...event.losses)
    if (losses.length >= 2) void application.runs.stop(runId)
  })
  const started = await application.runs.start({ projectId: null, document })
  if (!started.ok) throw new Error(started.problems.map(({ message }) => message).join(' '))
  await application.runs.whenIdle()
  unsubscribe()
  const detail = application.runs.get(started.value.runId)
  expect(detail.ok && detail.value.run.problem).toBeNull()
  return losses
}

it('there are the five models that people asked for, and at least fifteen more', () => {
  const asked = ['binary-classifier', 'handwritten-digits', 'cifar-augmented', 'text-classifier', 'cifar-cnn']
  const names = templates.map((file) => file.replace('.loom.json', ''))
  expect(names).toEqual(expect.arrayContaining(asked))
  expect(names.length).toBeGreaterThanOrEqual(20)
})

describe('every template trains on its data', () => {
  it.each(templates)('%s', async (file) => {
    const document = await template(file)
    const data = await application.datasets.resolve(document.dataset?.name ?? '')
    expect(data.ok).toBe(true)
    const losses = await firstLosses(document)
    expect(losses.length).toBeGreaterThanOrEqual(2)
    for (const loss of losses) expect(loss).toBeLessThan(1e6)
  })
})

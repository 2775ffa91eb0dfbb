import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseDocument } from '../../src-core/document/parse.ts'
import type { RunDetail } from '../../src-core/ipc/contract.ts'
import { nodeLauncher } from '../../src-main/engine/node-launcher.ts'
import { type Application, openApplication } from '../../src-main/services/application.ts'

// Template 2 on the sample that ships: MNIST-10k, 8,000 images to learn from, 1,000 to validate, 1,000 to test.
const resourcesFolder = fileURLToPath(new URL('../../resources/', import.meta.url))
const minutes = 60_000

const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-acceptance-'))
let application: Application

beforeAll(async () => {
  const workspaceFile = path.join(folder, 'workspace.sqlite')
  application = openApplication({ workspaceFile, resourcesFolder, launch: nodeLauncher(), version: '0.0.0' })
  await application.datasets.addSample('mnist')
})

afterAll(async () => {
  await application.close()
  rmSync(folder, { recursive: true })
})

/** Trains the template; `epochs` of it where given. */
async function train(epochs?: number): Promise<{ detail: RunDetail; losses: number[] }> {
  const text = readFileSync(path.join(resourcesFolder, 'templates/handwritten-digits.loom.json'), 'utf8')
  const document = parseDocument(text)
  if (!document.ok) throw new Error(document.problems[0]?.message)
  const training = { ...document.value.training, ...(epochs !== undefined && { epochs }) }
  const losses: number[] = []
  const unsubscribe = application.runs.subscribe((_runId, event) => {
    if (event.type === 'step') losses.push(...event.losses)
  })
  const started = await application.runs.start({ projectId: null, document: { ...document.value, training } })
  if (!started.ok) throw new Error(started.problems[0]?.message)
  await application.runs.whenIdle()
  unsubscribe()
  const detail = application.runs.get(started.value.runId)
  if (!detail.ok) throw new Error(detail.problems[0]?.message)
  return { detail: detail.value, losses }
}

it(
  'the handwritten digits template reaches 97 % on the test images within 10 epochs',
  async () => {
    const { detail } = await train()
    expect(detail.run.status).toBe('finished')
    expect(detail.epochs.length).toBeLessThanOrEqual(10)
    expect(detail.run.test?.accuracy).toBeGreaterThanOrEqual(0.97)
  },
  10 * minutes,
)

it(
  'the same seed gives the identical loss curve twice',
  async () => {
    const once = await train(2)
    const again = await train(2)
    expect(once.losses.length).toBe(2 * 250)
    expect(again.losses).toEqual(once.losses)
    expect(again.detail.run.test).toEqual(once.detail.run.test)
  },
  10 * minutes,
)

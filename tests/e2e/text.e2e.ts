import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument } from '../../src-core/document/parse.ts'
import type { Result } from '../../src-core/problems.ts'
import { openCliApplication } from '../../src-main/cli/cli-application.ts'
import { answerOpenDialog } from './support/dialogs.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setWindowSize } from './support/window.ts'

const template = fileURLToPath(
  new URL('../../resources/templates/char-language-model.loom.json', import.meta.url),
)

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

/** A workspace with the language model, trained for an epoch. */
async function trainedWorkspace(file: string): Promise<void> {
  const application = openCliApplication(file)
  unwrap(await application.datasets.addSample('sonnets'))
  const document = unwrap(parseDocument(readFileSync(template, 'utf8')))
  const { project } = application.projects.create(document)
  const training = { ...document.training, epochs: 1, engine: 'cpu' as const }
  unwrap(await application.runs.start({ projectId: project.id, document: { ...document, training } }))
  await application.runs.whenIdle()
  await application.close()
}

let folder: string
let launched: LaunchedApp
let window: Page

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-text-'))
  const workspace = path.join(folder, 'workspace.loom.db')
  await trainedWorkspace(workspace)
  launched = await launchApp({ workspace })
  window = launched.window
  await setWindowSize(launched.app, 1440, 900)
  await window.locator('.recent-list__open').first().click()
}, 120_000)
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function picture(name: string): Promise<void> {
  for (const [theme, end] of [
    ['light', ''],
    ['dark', '-dark'],
  ] as const) {
    // The menu that chooses a theme is out of reach while a dialog is open.
    await window.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme)
    await launched.screenshot(`${name}${end}`)
  }
}

const tab = (name: string) => window.getByRole('tab', { name })
const dialog = () => window.getByRole('dialog')
const sheet = () => dialog().getByRole('region', { name: 'Generated text' })
const button = (name: string) => dialog().getByRole('button', { name, exact: true })

describe('a model that learns a text', () => {
  it('shows the text row by row', async () => {
    await tab('Data').click()
    await window
      .getByRole('cell', { name: /From fairest creatures we desire increase,↵/ })
      .first()
      .waitFor()
    await picture('text-data')
  })

  it('writes on what a person begins, the same for the same seed', async () => {
    await tab('Training').click()
    await window.getByRole('button', { name: 'Generate text…' }).click()
    await picture('text-generate-empty')
    await dialog().getByLabel('Prompt').fill('Shall I ')
    await dialog().getByLabel('Characters').fill('120')
    await button('Generate').click()
    await sheet().waitFor({ timeout: 30_000 })
    const first = await sheet().locator('pre').textContent()
    expect(first).toMatch(/^Shall I /)
    expect(first).toHaveLength(128)
    await picture('text-generated')
    await button('Another one').click()
    await sheet().getByText('Seed 2').waitFor({ timeout: 30_000 })
    expect(await sheet().locator('pre').textContent()).not.toBe(first)
    await dialog().getByLabel('Seed').fill('1')
    await window.keyboard.press('Enter')
    await sheet().getByText('Seed 1').waitFor({ timeout: 30_000 })
    expect(await sheet().locator('pre').textContent()).toBe(first)
  })

  it('stops writing when asked, and says what it does not know', async () => {
    await dialog().getByLabel('Characters').fill('20000')
    await button('Generate').click()
    await button('Stop').click()
    await sheet().getByText('stopped early').waitFor({ timeout: 30_000 })
    await dialog().getByLabel('Characters').fill('50')
    await dialog().getByLabel('Prompt').fill('Straße')
    await button('Generate').click()
    await dialog()
      .getByText(/which the model has never seen/)
      .waitFor({ timeout: 30_000 })
    await picture('text-generate-refused')
    await window.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await tab('Runs').click()
    await window.getByRole('button', { name: 'Generate text…' }).waitFor()
    await picture('text-runs')
  })

  it('is imported in windows as long as somebody wants', async () => {
    const file = path.join(folder, 'rhyme.txt')
    await writeFile(file, 'One for sorrow, two for joy,\nthree for a girl, four for a boy.\n'.repeat(9))
    await answerOpenDialog(launched.app, file)
    await tab('Data').click()
    await window.getByRole('button', { name: 'Import text…' }).click()
    await dialog().getByLabel('Characters per window').fill('16')
    await picture('text-import')
    await button('Choose file…').click()
    await window.getByRole('heading', { name: 'rhyme' }).waitFor()
    await window.getByRole('cell', { name: 'One for sorrow, ', exact: true }).first().waitFor()
    expect(launched.consoleErrors).toEqual([])
  })
})

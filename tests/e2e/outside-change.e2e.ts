import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyDocument } from '../../src-core/document/model-document.ts'
import { newLayer } from '../../src-core/document/new-elements.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import { CanvasPage } from './support/canvas.ts'
import { answerSaveDialog } from './support/dialogs.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'

let folder: string
let file: string
let workspace: string
let launched: LaunchedApp
let second: LaunchedApp | undefined
let window: Page
let canvas: CanvasPage

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-outside-'))
  file = path.join(folder, 'model.loom.json')
  workspace = path.join(folder, 'workspace.loom.db')
  launched = await launchApp({ workspace })
  window = launched.window
  canvas = new CanvasPage(window)
  await window.getByRole('button', { name: 'New empty model' }).click()
  await canvas.dropLayer('Dense', { x: 300, y: 120 })
})
afterAll(async () => {
  await second?.close()
  await launched?.close()
  await rm(folder, { recursive: true, force: true })
})

const dialog = () => window.getByRole('dialog', { name: 'The file was changed by another program' })

/** What a person with a text editor, or git, does to the file. */
async function changeFile(kind: string): Promise<void> {
  const document = emptyDocument('Theirs')
  await writeFile(
    file,
    serialiseDocument({ ...document, layers: [newLayer(document, kind, { x: 0, y: 0 })] }),
  )
}

describe('a document that another program changes while it is open', () => {
  it('1. is noticed; theirs is taken, and undo brings mine back', async () => {
    await answerSaveDialog(launched.app, file)
    await window.keyboard.press('Control+Shift+s')
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('dense_1')
    await changeFile('flatten')
    await dialog().waitFor()
    await launched.screenshot('outside-1-choice')
    await dialog().getByRole('button', { name: 'Take theirs' }).click()
    await canvas.layer('flatten_1').waitFor()
    await window.keyboard.press('Control+z')
    await canvas.layer('dense_1').waitFor()
  })

  it('2. mine is kept, and written', async () => {
    await changeFile('relu')
    await dialog().getByRole('button', { name: 'Keep mine' }).click()
    await expect.poll(() => readFile(file, 'utf8')).toContain('dense_1')
    await canvas.layer('dense_1').waitFor()
  })

  it('3. mine becomes a copy, and theirs stays', async () => {
    const copy = path.join(folder, 'copy.loom.json')
    await answerSaveDialog(launched.app, copy)
    await changeFile('softmax')
    await dialog().getByRole('button', { name: 'Save mine as a copy…' }).click()
    await expect.poll(() => readFile(copy, 'utf8').catch(() => '')).toContain('dense_1')
    await dialog().waitFor({ state: 'detached' })
    expect(await readFile(file, 'utf8')).toContain('softmax_1')
  })

  it('4. the choice put off is asked for again by saving, which overwrites nothing', async () => {
    const copy = path.join(folder, 'copy.loom.json')
    await writeFile(copy, serialiseDocument(emptyDocument('Elsewhere')))
    await dialog().waitFor()
    await window.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await window.keyboard.press('Control+s')
    await dialog().waitFor()
    expect(await readFile(copy, 'utf8')).toContain('Elsewhere')
    await dialog().getByRole('button', { name: 'Keep mine' }).click()
    await expect.poll(() => readFile(copy, 'utf8')).toContain('dense_1')
  })

  it('5. a second process opens the same project as a copy, and says so', async () => {
    second = await launchApp({ workspace })
    const other = second.window
    await other
      .getByRole('button', { name: /^Theirs|^Untitled model/ })
      .first()
      .click()
    await other
      .getByRole('region', { name: /^Notifications/ })
      .getByText('Opened as a copy')
      .waitFor()
    await second.screenshot('outside-2-copy')
    expect(await other.getByRole('textbox', { name: 'Project name' }).inputValue()).toContain('(copy)')
    expect(second.consoleErrors).toEqual([])
  })

  it('6. nothing of it made the window complain', () => {
    expect(launched.consoleErrors).toEqual([])
  })
})

import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { emptyDocument } from '../../src-core/document/model-document.ts'
import { newLayer } from '../../src-core/document/new-elements.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import type { CanvasPage } from './support/canvas.ts'
import { answerSaveDialog } from './support/dialogs.ts'
import { expectFocusOn, expectVisibleFocus } from './support/focus.ts'
import { KeyboardApp } from './support/keyboard-app.ts'

let app: KeyboardApp
let window: Page
let canvas: CanvasPage

beforeAll(async () => {
  app = await KeyboardApp.launch()
  window = app.window
  canvas = app.canvas
}, 120_000)
afterEach(() => app.leaveDialog())
afterAll(() => app?.close())

const press = (keys: string) => app.press(keys)
const button = (name: string | RegExp) => app.button(name)

describe('by keyboard alone', () => {
  it('the focus is seen wherever it is in the workbench', async () => {
    await app.recent(/language model/i)
    const stops = await expectVisibleFocus(window)
    for (const part of [/Dense/, /^tab Problems/, /Project name/, /Resize the inspector/]) {
      expect(stops.some((stop) => part.test(stop))).toBe(true)
    }
  })
})

describe('every dialog is accessible, and can be opened, walked through and left by keyboard:', () => {
  it('engines', async () => {
    await app.panel('Training').click()
    await app.dialogOf(button('Engines…'), () =>
      window.getByText('Trying every engine…').waitFor({ state: 'detached', timeout: 60_000 }),
    )
  })

  it('generate text, with what was written', async () => {
    await app.dialogOf(button('Generate text…').first(), async () => {
      await app.dialog().getByLabel('Prompt').fill('Shall I ')
      await app.dialog().getByLabel('Characters').fill('40')
      await press('Enter')
      await app.dialog().getByRole('region', { name: 'Generated text' }).waitFor({ timeout: 30_000 })
    })
  })

  it('import text, remove a dataset', async () => {
    await app.panel('Data').click()
    await app.dialogOf(button('Import text…'))
    await app.dialogOf(button(/^Remove sonnets/))
  })

  it('delete a run', async () => {
    await app.panel('Runs').click()
    await app.dialogOf(button(/^Delete run \d+/))
  })

  it('compare, from a run: what to compare with, and the view of both', async () => {
    const compare = button('Compare…')
    await app.dialogOf(compare)
    await compare.focus()
    await press('Enter')
    await app.dialog().getByRole('button', { name: 'Handwritten digits' }).last().focus()
    await press('Enter')
    await window.getByRole('complementary', { name: 'Differences' }).waitFor()
    await app.accessible()
    await app.walkThroughAndLeave(compare)
  })

  it('compare, from the command palette and from the menu', async () => {
    const card = canvas.area.locator('.react-flow__node').first()
    await card.focus()
    await press('Enter')
    await app.command('compare with')
    await app.walkThroughAndLeave(card)
    const file = button('File')
    await file.focus()
    await press('Enter')
    await window.getByRole('menuitem', { name: 'Compare with…' }).focus()
    await press('Enter')
    await app.walkThroughAndLeave(file)
  })

  it('a document that is pasted', async () => {
    const other = emptyDocument('Other model')
    const text = serialiseDocument({ ...other, layers: [newLayer(other, 'flatten', { x: 0, y: 0 })] })
    await app.launched.app.evaluate(({ clipboard }, written) => clipboard.writeText(written), text)
    const card = canvas.area.locator('.react-flow__node').first()
    await card.focus()
    await press('Control+v')
    await app.dialog().waitFor()
    await app.accessible()
    await app.walkThroughAndLeave(card)
  })

  it('a file that another program changed', async () => {
    const file = path.join(app.folder, 'model.loom.json')
    await answerSaveDialog(app.launched.app, file)
    await press('Control+Shift+s')
    await window.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    const card = canvas.area.locator('.react-flow__node').first()
    await card.focus()
    await writeFile(file, serialiseDocument(emptyDocument('Theirs')))
    await app.dialog().waitFor({ timeout: 20_000 })
    await app.accessible()
    await app.walkThroughAndLeave(card)
  })

  it('all commands, from a field, and the lists of the canvas', async () => {
    const name = window.getByRole('textbox', { name: 'Project name' })
    await name.focus()
    await press('Control+k')
    await app.walkThroughAndLeave(name)
    const card = canvas.area.locator('.react-flow__node').nth(1)
    await card.focus()
    await press('Enter')
    await app.panel('Problems').click()
    await card.focus()
    for (const key of ['/', 'c', 'x', 'r']) {
      await press(key)
      await app.dialog().waitFor()
      // They are all the same list.
      if (key === '/' || key === 'c') await app.accessible()
      await press('Escape')
      await app.dialog().waitFor({ state: 'detached' })
      await expectFocusOn(window, card)
    }
  })

  it('delete a project', async () => {
    await app.startPage()
    await app.dialogOf(button(/^Delete /).first())
    expect(app.launched.consoleErrors).toEqual([])
  })
})

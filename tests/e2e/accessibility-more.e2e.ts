import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { largeDocument } from '../../bench/canvas/drawing.ts'
import { emptyDocument } from '../../src-core/document/model-document.ts'
import { newLayer } from '../../src-core/document/new-elements.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import { expectAccessibleInBothThemes } from './support/accessibility.ts'
import { CanvasPage } from './support/canvas.ts'
import { answerOpenDialog, answerSaveDialog } from './support/dialogs.ts'
import { expectFocusOn, expectVisibleFocus } from './support/focus.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { trainedWorkspace } from './support/trained-workspace.ts'
import { setWindowSize } from './support/window.ts'

let folder: string
let launched: LaunchedApp
let window: Page
let canvas: CanvasPage

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-accessibility-'))
  const workspace = path.join(folder, 'workspace.loom.db')
  await trainedWorkspace(workspace)
  launched = await launchApp({ workspace })
  window = launched.window
  canvas = new CanvasPage(window)
  // What glides or fades would have to be waited for.
  await window.emulateMedia({ reducedMotion: 'reduce' })
  await setWindowSize(launched.app, 1440, 900)
}, 120_000)
// A dialog that a failure left open would make all that follows fail.
afterEach(async () => {
  if ((await dialog().count()) > 0) await press('Escape')
})
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const accessible = () => expectAccessibleInBothThemes(window)
const press = (keys: string) => window.keyboard.press(keys)
const button = (name: string | RegExp) => window.getByRole('button', { name, exact: true })
const dialog = () => window.getByRole('dialog').or(window.getByRole('alertdialog'))
const panel = (name: string) =>
  window.getByRole('tablist', { name: 'Panels' }).getByRole('tab', { name: new RegExp(`^${name}`) })

async function command(words: string): Promise<void> {
  await press('Control+k')
  await window.getByRole('combobox', { name: 'Commands' }).fill(words)
  await press('Enter')
  await window.getByRole('combobox', { name: 'Commands' }).waitFor({ state: 'detached' })
}

async function startPage(): Promise<void> {
  await button('Start page').click()
  await window.getByRole('heading', { name: 'LayerLoom' }).waitFor()
}

/** Opens one of the projects that were there before. */
async function recent(name: RegExp): Promise<void> {
  await window.getByRole('region', { name: 'Recent projects' }).getByRole('button', { name }).first().click()
  await canvas.area.waitFor()
}

/** Goes through a dialog by Tab, comes back to where it began without having left it, and leaves it by Escape. */
async function walkThroughAndLeave(opener: Locator): Promise<void> {
  await dialog().waitFor()
  const isInside = () => dialog().evaluate((element) => element.contains(document.activeElement))
  await expect.poll(isInside).toBe(true)
  const stops = await expectVisibleFocus(window)
  expect(stops.length).toBeGreaterThan(0)
  expect(await isInside()).toBe(true)
  await press('Escape')
  await dialog().waitFor({ state: 'detached' })
  await expectFocusOn(window, opener)
}

/** Opens a dialog with the key of a button, has axe look at it, and goes through it by keyboard. */
async function dialogOf(opener: Locator, before?: () => Promise<unknown>): Promise<void> {
  await opener.focus()
  await press('Enter')
  await dialog().waitFor()
  await before?.()
  await accessible()
  await walkThroughAndLeave(opener)
}

describe('axe finds nothing wrong with', () => {
  it('what a search of the templates finds, and where it finds nothing', async () => {
    const search = window.getByRole('searchbox', { name: 'Search templates' })
    for (const words of ['digits', 'quantum']) {
      await search.fill(words)
      await accessible()
    }
    await search.fill('')
  })

  it('the preview of a layer', async () => {
    await recent(/^Variational autoencoder/)
    await canvas.area.locator('.react-flow__node').nth(1).focus()
    await press('Enter')
    await window.getByRole('tab', { name: 'Preview' }).click()
    const inspector = window.getByRole('complementary', { name: 'Inspector' })
    await inspector.getByRole('img').first().waitFor({ timeout: 30_000 })
    await accessible()
    await window.getByRole('tab', { name: 'Layer', exact: true }).click()
  })

  it('blocks, notes and frames, in the outline, on the canvas and in the inspector', async () => {
    const file = path.join(folder, 'branches.loom.json')
    await writeFile(file, serialiseDocument({ ...largeDocument(11), name: 'Branches' }))
    await answerOpenDialog(launched.app, file)
    await press('Control+o')
    await canvas.layer('dense_7').waitFor()
    await canvas.layer('dense_7').focus()
    await press('Enter')
    await press('Control+g')
    await canvas.layer('block_1').waitFor()
    await canvas.layer('dense_0').focus()
    await press('Enter')
    await command('frame around')
    await window.getByRole('textbox', { name: 'Title' }).fill('First **branch**')
    await command('outline')
    await window
      .getByRole('tree', { name: 'Outline' })
      .getByRole('treeitem', { name: /block_1/ })
      .waitFor()
    await press('ArrowDown')
    await press('ArrowDown')
    await press('ArrowRight')
    await command('add note')
    const text =
      '# Why two branches\n- *wider*, not deeper\n- see [the paper](https://example.org/paper) and `code`'
    await window.getByRole('textbox', { name: 'Text' }).fill(text)
    await canvas.area.getByRole('heading', { name: 'Why two branches' }).waitFor()
    await accessible()
  })

  it('the search of a drawing, its legend and its totals', async () => {
    await button('Legend').click()
    await press('Control+f')
    await window.getByRole('textbox', { name: 'Search the drawing' }).fill('dense')
    await accessible()
    await window.getByRole('textbox', { name: 'Search the drawing' }).press('Escape')
    await button('Legend').click()
  })

  it('a path in focus', async () => {
    await canvas.layer('dense_2').focus()
    await press('Enter')
    await command('focus leads here')
    await button('End focus').waitFor()
    await accessible()
    await button('End focus').click()
  })

  it('the inside of a block', async () => {
    await canvas.layer('block_1').focus()
    await press('Enter')
    await press('o')
    await window.getByRole('navigation', { name: 'Path of blocks' }).waitFor()
    await canvas.layer('dense_7').focus()
    await press('Enter')
    await accessible()
    await press('Shift+O')
    await window.getByRole('navigation', { name: 'Path of blocks' }).waitFor({ state: 'detached' })
  })

  it('messages', async () => {
    await launched.app.evaluate(({ clipboard }) => clipboard.writeText('a recipe for bread'))
    await canvas.layer('dense_2').focus()
    await press('Control+v')
    await window.locator('.toast').waitFor()
    await accessible()
    await window.locator('.toast').getByRole('button', { name: 'Dismiss' }).click()
  })

  it('what is said while files hang over the window', async () => {
    const drag = (type: string) =>
      window.evaluate((name) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(['a,b'], 'points.csv'))
        document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }))
      }, type)
    await drag('dragover')
    await window.getByText('Drop to open a model').waitFor()
    await accessible()
    await drag('dragleave')
    await window.getByText('Drop to open a model').waitFor({ state: 'detached' })
  })

  it('the tour, which gives the focus back', async () => {
    await canvas.layer('dense_2').focus()
    await press('Enter')
    await command('tour')
    for (const title of ['Layers to build with', 'Your network', 'What a layer is, and what it does']) {
      await window.getByRole('dialog', { name: title }).waitFor()
      if (title !== 'Your network') await accessible()
      await expectVisibleFocus(window)
      await press('ArrowRight')
    }
    await press('Escape')
    await window.locator('.driver-popover').waitFor({ state: 'detached' })
    const card = canvas.area.locator('.react-flow__node.selected')
    await expectFocusOn(window, card)
  })

  it('the workbench at 150 %', async () => {
    for (let step = 0; step < 3; step++) await press('Control+Alt+Equal')
    await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThan(1000)
    await accessible()
    await press('Control+Alt+Digit0')
    await expect.poll(() => window.evaluate(() => innerWidth)).toBeGreaterThan(1400)
  })

  it('the workbench in Chinese', async () => {
    await command('简体中文')
    await window.getByRole('main', { name: '画布' }).waitFor()
    expect(await window.locator('html').getAttribute('lang')).toBe('zh-CN')
    await accessible()
    await press('Control+k')
    await window.getByRole('combobox').fill('english')
    await press('Enter')
    await canvas.area.waitFor()
    expect(await window.locator('html').getAttribute('lang')).toBe('en')
  })
})

describe('by keyboard alone', () => {
  it('a layer is moved, connected and disconnected', async () => {
    const before = await canvas.placeOf('dense_2')
    await canvas.layer('dense_2').focus()
    await press('Enter')
    await press('ArrowRight')
    await expect.poll(async () => (await canvas.placeOf('dense_2')).x).toBeGreaterThan(before.x)
    const wires = await canvas.ids('edge')
    await press('c')
    await window.getByRole('combobox', { name: 'Connect dense_2 to' }).fill('sum')
    await press('Enter')
    await expect.poll(() => canvas.ids('edge')).toEqual([...wires, 'dense_2-sum'].toSorted())
    await press('x')
    await window.getByRole('combobox', { name: 'Remove a wire of dense_2' }).fill('to sum')
    await press('Enter')
    await expect.poll(() => canvas.ids('edge')).toEqual(wires)
    await expectFocusOn(window, canvas.layer('dense_2'))
  })

  it('the focus is seen wherever it is in the workbench', async () => {
    await startPage()
    await recent(/language model/i)
    const stops = await expectVisibleFocus(window)
    for (const part of [/Dense/, /^tab Problems/, /Project name/, /Resize the inspector/]) {
      expect(stops.some((stop) => part.test(stop))).toBe(true)
    }
  })
})

describe('every dialog is accessible, and can be opened, walked through and left by keyboard:', () => {
  it('engines', async () => {
    await panel('Training').click()
    await dialogOf(button('Engines…'), () =>
      window.getByText('Trying every engine…').waitFor({ state: 'detached', timeout: 60_000 }),
    )
  })

  it('generate text, with what was written', async () => {
    await dialogOf(button('Generate text…').first(), async () => {
      await dialog().getByLabel('Prompt').fill('Shall I ')
      await dialog().getByLabel('Characters').fill('40')
      await press('Enter')
      await dialog().getByRole('region', { name: 'Generated text' }).waitFor({ timeout: 30_000 })
    })
  })

  it('import text, remove a dataset', async () => {
    await panel('Data').click()
    await dialogOf(button('Import text…'))
    await dialogOf(button(/^Remove sonnets/))
  })

  it('delete a run', async () => {
    await panel('Runs').click()
    await dialogOf(button(/^Delete run \d+/))
  })

  it('compare, from a run: what to compare with, and the view of both', async () => {
    const compare = button('Compare…')
    await dialogOf(compare)
    await compare.focus()
    await press('Enter')
    await dialog().getByRole('button', { name: 'Handwritten digits' }).last().focus()
    await press('Enter')
    await window.getByRole('complementary', { name: 'Differences' }).waitFor()
    await accessible()
    await walkThroughAndLeave(compare)
  })

  it('compare, from the command palette and from the menu', async () => {
    const card = canvas.area.locator('.react-flow__node').first()
    await card.focus()
    await press('Enter')
    await command('compare with')
    await walkThroughAndLeave(card)
    const file = button('File')
    await file.focus()
    await press('Enter')
    await window.getByRole('menuitem', { name: 'Compare with…' }).focus()
    await press('Enter')
    await walkThroughAndLeave(file)
  })

  it('a document that is pasted', async () => {
    const other = emptyDocument('Other model')
    const text = serialiseDocument({ ...other, layers: [newLayer(other, 'flatten', { x: 0, y: 0 })] })
    await launched.app.evaluate(({ clipboard }, written) => clipboard.writeText(written), text)
    const card = canvas.area.locator('.react-flow__node').first()
    await card.focus()
    await press('Control+v')
    await dialog().waitFor()
    await accessible()
    await walkThroughAndLeave(card)
  })

  it('a file that another program changed', async () => {
    const file = path.join(folder, 'model.loom.json')
    await answerSaveDialog(launched.app, file)
    await press('Control+Shift+s')
    await window.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    const card = canvas.area.locator('.react-flow__node').first()
    await card.focus()
    await writeFile(file, serialiseDocument(emptyDocument('Theirs')))
    await dialog().waitFor({ timeout: 20_000 })
    await accessible()
    await walkThroughAndLeave(card)
  })

  it('all commands, from a field, and the lists of the canvas', async () => {
    const name = window.getByRole('textbox', { name: 'Project name' })
    await name.focus()
    await press('Control+k')
    await walkThroughAndLeave(name)
    const card = canvas.area.locator('.react-flow__node').nth(1)
    await card.focus()
    await press('Enter')
    await panel('Problems').click()
    await card.focus()
    for (const key of ['/', 'c', 'x', 'r']) {
      await press(key)
      await dialog().waitFor()
      // They are all the same list.
      if (key === '/' || key === 'c') await accessible()
      await press('Escape')
      await dialog().waitFor({ state: 'detached' })
      await expectFocusOn(window, card)
    }
  })

  it('delete a project', async () => {
    await startPage()
    await dialogOf(button(/^Delete /).first())
    expect(launched.consoleErrors).toEqual([])
  })
})

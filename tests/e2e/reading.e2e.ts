import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { largeDocument } from '../../bench/canvas/drawing.ts'
import { parseDocument } from '../../src-core/document/parse.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import { expectAccessible } from './support/accessibility.ts'
import { CanvasPage } from './support/canvas.ts'
import { answerOpenDialog } from './support/dialogs.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme } from './support/window.ts'

let launched: LaunchedApp
let window: Page
let canvas: CanvasPage
let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-reading-'))
  file = path.join(folder, 'branches.loom.json')
  await writeFile(file, serialiseDocument({ ...largeDocument(11), name: 'Branches' }))
  launched = await launchApp()
  window = launched.window
  canvas = new CanvasPage(window)
  await answerOpenDialog(launched.app, file)
  await window.keyboard.press('Control+o')
  await canvas.layer('dense_0').waitFor()
  await window.getByRole('button', { name: 'Zoom to fit' }).click()
})
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true })
})

const outline = () => window.getByRole('tree', { name: 'Outline' })
const line = (name: string | RegExp) => outline().getByRole('treeitem', { name })
const focused = () => outline().locator('[role="treeitem"]:focus')
const spoken = () => focused().locator('.visually-hidden').textContent()
const palette = () => window.getByRole('searchbox', { name: 'Search layers' })
const scrolled = () => window.locator('.outline').evaluate(({ scrollTop }) => scrollTop)
const isInSight = () =>
  focused().evaluate((row) => {
    const [own, around] = [row, row.closest('.outline')].map((one) => one?.getBoundingClientRect())
    return own !== undefined && around !== undefined && own.top >= around.top && own.bottom <= around.bottom
  })
const selected = () =>
  window.locator('.react-flow__node.selected').evaluateAll((nodes) => nodes.map((node) => node.dataset.id))
const dimmed = () =>
  window.locator('.react-flow__node.is-dimmed').evaluateAll((nodes) => nodes.map((node) => node.dataset.id))

async function command(words: string): Promise<void> {
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox', { name: 'Commands' }).fill(words)
  await window.getByRole('combobox', { name: 'Commands' }).press('Enter')
}

async function inBothThemes(name: string): Promise<void> {
  await launched.screenshot(name)
  await setTheme(window, 'Dark')
  await launched.screenshot(`${name}-dark`)
  await setTheme(window, 'Light')
}

describe('reading a model', () => {
  it('1. the outline lists it along the flow; keys open a layer and lead along its wires', async () => {
    await command('outline')
    await line(/^input, Input/).waitFor()
    expect(await outline().getByRole('treeitem').count()).toBe(11)
    await window.keyboard.press('ArrowDown')
    await window.keyboard.press('ArrowRight')
    await line('Wire from input, carries 16').waitFor()
    await window.keyboard.press('Enter')
    expect(await selected()).toEqual(['dense_0'])
    await window.keyboard.press('ArrowRight')
    await window.keyboard.press('Enter')
    expect(await selected()).toEqual(['input'])
    await inBothThemes('reading-1-outline')
  })

  it('2. the search counts, marks and leads from one find to the next; Escape ends it', async () => {
    await window.keyboard.press('Control+f')
    const field = window.getByRole('textbox', { name: 'Search the drawing' })
    await field.fill('dense 7')
    await window.getByRole('status').getByText('1 of 1').waitFor()
    expect(await selected()).toEqual(['dense_7'])
    await field.fill('dense')
    await window.getByRole('status').getByText('1 of 8').waitFor()
    await field.press('Enter')
    await field.press('F3')
    await window.getByRole('status').getByText('3 of 8').waitFor()
    await field.press('Shift+Enter')
    await window.getByRole('status').getByText('2 of 8').waitFor()
    expect(await window.locator('.react-flow__node.is-found').count()).toBe(8)
    await inBothThemes('reading-2-search')
    await field.fill('nothing like it')
    await window.getByRole('status').getByText('nothing found').waitFor()
    await field.press('Escape')
    await field.waitFor({ state: 'detached' })
    expect(await window.locator('.react-flow__node.is-found').count()).toBe(0)
  })

  it('3. a path in focus dims the rest; Escape ends the focus before the selection', async () => {
    await window.getByRole('button', { name: 'Zoom to fit' }).click()
    await canvas.layer('dense_2').click()
    await command('focus leads here')
    await window.getByText('What leads to dense_2').waitFor()
    expect(await dimmed()).not.toContain('input')
    expect(await dimmed()).toContain('output')
    await inBothThemes('reading-3-focus')
    await canvas.layer('dense_2').focus()
    await window.keyboard.press('Escape')
    expect(await dimmed()).toEqual([])
    expect(await selected()).toEqual(['dense_2'])
    await command('focus what follows')
    expect(await dimmed()).not.toContain('output')
    expect(await dimmed()).toContain('input')
    await window.getByRole('button', { name: 'End focus' }).click()
    expect(await dimmed()).toEqual([])
  })

  it('4. the legend names the categories of the drawing', async () => {
    await window.getByRole('button', { name: 'Legend' }).click()
    const legend = window.getByRole('region', { name: 'Legend' })
    expect(await legend.getByRole('listitem').allTextContents()).toEqual([
      'Input and output2',
      'Core8',
      'Merge1',
    ])
    await inBothThemes('reading-4-legend')
    await window.getByRole('button', { name: 'Legend' }).click()
    await legend.waitFor({ state: 'detached' })
  })

  it('5. totals are those of a batch size that is typed, and go back to that of the training', async () => {
    const totals = window.getByRole('region', { name: 'Totals' })
    const size = totals.getByRole('spinbutton', { name: 'Batch size of the totals' })
    const forward = () => totals.locator('.totals__item', { hasText: 'Forward pass' }).textContent()
    await expect.poll(() => totals.textContent()).toContain('Training memory')
    expect(await size.inputValue()).toBe('32')
    const before = await forward()
    await size.fill('64')
    await expect.poll(forward).not.toBe(before)
    await expect.poll(() => totals.textContent()).toContain('Training memory')
    await launched.screenshot('reading-5-totals')
    await totals.getByRole('button', { name: 'Back to 32, as in training' }).click()
    expect(await forward()).toBe(before)
    expect(await size.inputValue()).toBe('32')
  })
})

describe('notes and frames', () => {
  it('6. a frame closes around the selection, and its title is written in the inspector', async () => {
    await window.getByRole('button', { name: 'Zoom to fit' }).click()
    await canvas.layer('dense_0').click()
    await canvas.layer('dense_2').click({ modifiers: ['Control'] })
    await command('frame around')
    await window.getByRole('textbox', { name: 'Title' }).fill('First **branch**')
    await canvas.layer('note:frame_1').getByText('First branch').waitFor()
  })

  it('7. a note shows Markdown, and HTML in it stays text', async () => {
    await command('add note')
    await window
      .getByRole('textbox', { name: 'Text' })
      .fill(
        '# Why two branches\n- *wider*, not deeper\n- see [the paper](https://example.org/paper)\n\n<img src=x onerror=alert(1)>',
      )
    const note = canvas.layer('note:note_1')
    await note.getByRole('heading', { name: 'Why two branches' }).waitFor()
    expect(await note.locator('img').count()).toBe(0)
    await window.getByRole('group', { name: 'Colour' }).getByRole('button', { name: 'green' }).click()
    await canvas.moveLayer('note:note_1', { x: 640, y: 120 })
    await inBothThemes('reading-6-notes')
  })

  it('8. a link opens in the browser after the person said so, and not otherwise', async () => {
    await launched.app.evaluate(({ dialog, shell }) => {
      Reflect.set(globalThis, 'opened', [])
      Reflect.set(globalThis, 'agreed', 1)
      dialog.showMessageBox = async () => ({
        response: Reflect.get(globalThis, 'agreed'),
        checkboxChecked: false,
      })
      shell.openExternal = async (address: string) => void Reflect.get(globalThis, 'opened').push(address)
    })
    const opened = () => launched.app.evaluate(() => Reflect.get(globalThis, 'opened') as string[])
    const link = canvas.layer('note:note_1').getByRole('button', { name: 'the paper' })
    await link.click()
    expect(await opened()).toEqual([])
    await launched.app.evaluate(() => void Reflect.set(globalThis, 'agreed', 0))
    await link.click()
    await expect.poll(opened).toEqual(['https://example.org/paper'])
  })

  it('9. a frame is dragged by its title and takes its layers along; all of it is saved with the document', async () => {
    const before = await canvas.placeOf('dense_2')
    const outside = await canvas.placeOf('dense_1')
    const title = canvas.layer('note:frame_1').locator('.frame__title')
    const box = await title.boundingBox()
    if (!box) throw new Error('the frame is not on screen')
    await window.mouse.move(box.x + 30, box.y + 10)
    await window.mouse.down()
    await window.mouse.move(box.x - 10, box.y + 20, { steps: 4 })
    await window.mouse.move(box.x - 50, box.y + 30, { steps: 4 })
    await window.mouse.up()
    expect((await canvas.placeOf('dense_2')).x).toBeLessThan(before.x)
    expect(await canvas.placeOf('dense_1')).toEqual(outside)
    await window.keyboard.press('Control+s')
    await window.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    const saved = parseDocument(await readFile(file, 'utf8'))
    expect(saved.ok && saved.value.canvas?.notes?.map(({ id, colour }) => [id, colour])).toEqual([
      ['frame_1', undefined],
      ['note_1', 'green'],
    ])
  })

  it('10. a box of selection that begins in a frame selects the layers there, not the frame', async () => {
    const first = await canvas.layer('dense_0').boundingBox()
    const second = await canvas.layer('dense_2').boundingBox()
    if (!first || !second) throw new Error('not on screen')
    await window.mouse.move(first.x - 4, first.y + 5)
    await window.mouse.down()
    await window.mouse.move(second.x + 20, second.y + 5, { steps: 4 })
    await window.mouse.move(second.x + 40, second.y + 10, { steps: 4 })
    await window.mouse.up()
    expect((await selected()).toSorted()).toEqual(['dense_0', 'dense_2'])
  })

  it('11. the outline has the frame with its layers below it, and leads to notes', async () => {
    expect(await line(/^dense_2, Dense/).getAttribute('aria-level')).toBe('2')
    await line('Note: Why two branches').click()
    expect(await selected()).toEqual(['note:note_1'])
    await window.keyboard.press('Delete')
    await canvas.layer('note:note_1').waitFor({ state: 'detached' })
    await window.keyboard.press('Control+z')
    await canvas.layer('note:note_1').waitFor()
    await inBothThemes('reading-7-outline-notes')
  })

  it('12. of 1,000 layers only the lines in sight are drawn; the focus goes to the last one all the same', async () => {
    const long = path.join(folder, 'long.loom.json')
    await writeFile(long, serialiseDocument({ ...largeDocument(1000), name: 'Long' }))
    await answerOpenDialog(launched.app, long)
    await window.keyboard.press('Control+o')
    await command('outline')
    await expect.poll(() => line(/^input, Input/).getAttribute('aria-setsize')).toBe('1000')
    await window.keyboard.press('ArrowRight')
    await line('Wire to dense_0, carries 16').waitFor()
    await window.keyboard.press('End')
    await expect.poll(spoken).toMatch(/^output, Output/)
    expect(await focused().getAttribute('aria-posinset')).toBe('1000')
    expect(await outline().getByRole('treeitem').count()).toBeLessThan(100)
    expect(await isInSight()).toBe(true)
    for (const key of ['PageUp', 'PageUp', 'ArrowUp', 'PageDown']) {
      await window.keyboard.press(key)
      expect(await isInSight()).toBe(true)
    }
    await expectAccessible(window)
  })

  it('13. what was open, the active line and the place are there again after another tab, and the words of the palette', async () => {
    const before = await spoken()
    const place = await scrolled()
    expect(place).toBeGreaterThan(20_000)
    await window.getByRole('tab', { name: 'Layers' }).click()
    await palette().fill('conv')
    await window.getByRole('tab', { name: 'Outline' }).click()
    await window.keyboard.press('Control+Shift+Tab')
    await line('Note: Why two branches').waitFor()
    await window.keyboard.press('Control+Tab')
    await expect.poll(scrolled).toBe(place)
    await command('outline')
    expect(await spoken()).toBe(before)
    await window.keyboard.press('Home')
    await line('Wire to dense_0, carries 16').waitFor()
    await window.getByRole('tab', { name: 'Layers' }).click()
    expect(await palette().inputValue()).toBe('conv')
    await palette().fill('')
  })

  it('14. nothing of it made the window complain', () => {
    expect(launched.consoleErrors).toEqual([])
  })
})

import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { largeDocument } from '../../bench/canvas/drawing.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import type { CanvasPage } from './support/canvas.ts'
import { answerOpenDialog } from './support/dialogs.ts'
import { expectFocusOn, expectVisibleFocus, focusedName } from './support/focus.ts'
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

/** Whether a layer, a note, a frame or something in one has the focus. */
const isOnCanvas = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('.react-flow__node') !== null)

/** By how many pixels what has the focus sticks out of the canvas; what is larger than that, by its beginning. */
const howFarOut = (page: Page) =>
  page.evaluate(() => {
    const box = document.activeElement?.getBoundingClientRect()
    const canvas = document.querySelector('.react-flow')?.getBoundingClientRect()
    if (!box || !canvas) return Number.POSITIVE_INFINITY
    const right = box.left + Math.min(box.width, canvas.width)
    const bottom = box.top + Math.min(box.height, canvas.height)
    const sides = [canvas.left - box.left, canvas.top - box.top, right - canvas.right, bottom - canvas.bottom]
    // What fills the canvas ends where it ends, but for the margin around it.
    return Math.max(...sides.map((side, at) => side - (at > 1 && box.width >= canvas.width - 16 ? 16 : 0)))
  })

describe('axe finds nothing wrong with', () => {
  it('what a search of the templates finds, and where it finds nothing', async () => {
    const search = window.getByRole('searchbox', { name: 'Search templates' })
    for (const words of ['digits', 'quantum']) {
      await search.fill(words)
      await app.accessible()
    }
    await search.fill('')
  })

  it('the preview of a layer', async () => {
    await app.recent(/^Variational autoencoder/)
    await canvas.area.locator('.react-flow__node').nth(1).focus()
    await press('Enter')
    await window.getByRole('tab', { name: 'Preview' }).click()
    const inspector = window.getByRole('complementary', { name: 'Inspector' })
    await inspector.getByRole('img').first().waitFor({ timeout: 30_000 })
    await app.accessible()
    await window.getByRole('tab', { name: 'Layer', exact: true }).click()
  })

  it('a run with the pictures it makes', async () => {
    await app.panel('Runs').click()
    await button('Make the lower panel larger').click()
    for (const name of ['60 samples of seed 1', '12 images and their reconstructions']) {
      const picture = window.getByRole('img', { name })
      await picture.waitFor({ timeout: 60_000 })
      await picture.scrollIntoViewIfNeeded()
    }
    await app.accessible()
    const stops = await expectVisibleFocus(window)
    expect(stops.some((stop) => /Save as PNG/.test(stop))).toBe(true)
  })

  it('the grid of all that a run can draw', async () => {
    await window
      .getByRole('region', { name: 'Samples', exact: true })
      .getByRole('radio', { name: 'Grid' })
      .click()
    await window.getByRole('img', { name: /^Grid of/ }).waitFor()
    await window.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
    await app.accessible()
    await button('Make the lower panel smaller').click()
  })

  it('a run that writes text', async () => {
    await app.startPage()
    await app.recent(/language model/i)
    await app.panel('Runs').click()
    await button('Make the lower panel larger').click()
    await button('Generate text…').waitFor()
    await app.accessible()
    await expectVisibleFocus(window)
    await button('Make the lower panel smaller').click()
  })

  it('blocks, notes and frames, in the outline, on the canvas and in the inspector', async () => {
    const file = path.join(app.folder, 'branches.loom.json')
    await writeFile(file, serialiseDocument({ ...largeDocument(11), name: 'Branches' }))
    await answerOpenDialog(app.launched.app, file)
    await press('Control+o')
    await canvas.layer('dense_7').waitFor()
    await canvas.layer('dense_7').focus()
    await press('Enter')
    await press('Control+g')
    await canvas.layer('block_1').waitFor()
    await canvas.layer('dense_0').focus()
    await press('Enter')
    await app.command('frame around')
    await window.getByRole('textbox', { name: 'Title' }).fill('First **branch**')
    await app.command('outline')
    await window
      .getByRole('tree', { name: 'Outline' })
      .getByRole('treeitem', { name: /block_1/ })
      .waitFor()
    await press('ArrowDown')
    await press('ArrowDown')
    await press('ArrowRight')
    await app.command('add note')
    const text =
      '# Why two branches\n- *wider*, not deeper\n- see [the paper](https://example.org/paper) and `code`'
    await window.getByRole('textbox', { name: 'Text' }).fill(text)
    await canvas.area.getByRole('heading', { name: 'Why two branches' }).waitFor()
    await app.accessible()
  })

  it('the search of a drawing, its legend and its totals', async () => {
    await button('Legend').click()
    await press('Control+f')
    await window.getByRole('textbox', { name: 'Search the drawing' }).fill('dense')
    await app.accessible()
    await window.getByRole('textbox', { name: 'Search the drawing' }).press('Escape')
    await button('Legend').click()
  })

  it('a path in focus', async () => {
    await canvas.layer('dense_2').focus()
    await press('Enter')
    await app.command('focus leads here')
    await button('End focus').waitFor()
    await app.accessible()
    await button('End focus').click()
  })

  it('the inside of a block', async () => {
    await canvas.layer('block_1').focus()
    await press('Enter')
    await press('o')
    await window.getByRole('navigation', { name: 'Path of blocks' }).waitFor()
    await canvas.layer('dense_7').focus()
    await press('Enter')
    await app.accessible()
    await press('Shift+O')
    await window.getByRole('navigation', { name: 'Path of blocks' }).waitFor({ state: 'detached' })
  })

  it('messages', async () => {
    await app.launched.app.evaluate(({ clipboard }) => clipboard.writeText('a recipe for bread'))
    await canvas.layer('dense_2').focus()
    await press('Control+v')
    await window.locator('.toast').waitFor()
    await app.accessible()
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
    await app.accessible()
    await drag('dragleave')
    await window.getByText('Drop to open a model').waitFor({ state: 'detached' })
  })

  it('the tour, which gives the focus back', async () => {
    await canvas.layer('dense_2').focus()
    await press('Enter')
    await app.command('tour')
    for (const title of ['Layers to build with', 'Your network', 'What a layer is, and what it does']) {
      await window.getByRole('dialog', { name: title }).waitFor()
      if (title !== 'Your network') await app.accessible()
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
    await app.accessible()
    await press('Control+Alt+Digit0')
    await expect.poll(() => window.evaluate(() => innerWidth)).toBeGreaterThan(1400)
  })

  it('the workbench in Chinese', async () => {
    await app.command('简体中文')
    await window.getByRole('main', { name: '画布' }).waitFor()
    expect(await window.locator('html').getAttribute('lang')).toBe('zh-CN')
    await app.accessible()
    await press('Control+k')
    await window.getByRole('combobox').fill('english')
    await press('Enter')
    await canvas.area.waitFor()
    expect(await window.locator('html').getAttribute('lang')).toBe('en')
  })
})

describe('by keyboard alone', () => {
  it('what Tab leads to on the canvas is in sight, links of notes included', async () => {
    await press('Control+0')
    for (let step = 0; step < 3; step++) await press('Control+=')
    const first = canvas.area.locator('.react-flow__node').first()
    await first.focus()
    const visited: string[] = [await focusedName(window)]
    for (let step = 0; step < 80; step++) {
      await press('Tab')
      const name = await focusedName(window)
      if (!(await isOnCanvas(window))) break
      visited.push(name)
      await expect.poll(() => howFarOut(window), { message: name }).toBeLessThanOrEqual(0)
    }
    expect(visited.length).toBeGreaterThan(8)
    for (const name of ['button the paper', 'First branch', 'block_1'])
      expect(visited.join('\n')).toContain(name)
    await press('Control+0')
  })

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
})

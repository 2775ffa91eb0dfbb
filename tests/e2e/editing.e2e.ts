import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme } from './support/window.ts'

let launched: LaunchedApp
let window: Page
let canvas: CanvasPage

beforeAll(async () => {
  launched = await launchApp()
  window = launched.window
  canvas = new CanvasPage(window)
  await window.getByRole('button', { name: 'New empty model' }).click()
  await canvas.area.waitFor()
})
afterAll(() => launched?.close())

const list = (name: string) => window.getByRole('combobox', { name })
const options = (name: string) => window.getByRole('listbox', { name }).getByRole('option').allTextContents()
const selected = () =>
  window.locator('.react-flow__node.selected').evaluateAll((nodes) => nodes.map((node) => node.dataset.id))
const focused = () => window.evaluate(() => document.activeElement?.getAttribute('data-id'))

/** What the native menu calls the last step; the tooltip says the same, see canvas.e2e.ts. */
function undoName(): Promise<string | undefined> {
  return launched.app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? [])
    return items?.find(({ id }) => id === 'undo')?.label
  })
}

async function command(words: string): Promise<void> {
  await window.keyboard.press('Control+k')
  await list('Commands').fill(words)
  await list('Commands').press('Enter')
}

describe('a network is drawn with the keyboard alone', () => {
  it('1. / adds layers, each after the one before', async () => {
    for (const name of ['input', 'flatten', 'dense', 'output']) {
      await window.keyboard.press('/')
      await list('Add a layer').fill(name)
      if (name === 'dense') await launched.screenshot('editing-1-add')
      await list('Add a layer').press('Enter')
      await list('Add a layer').waitFor({ state: 'detached' })
    }
    expect(await canvas.ids('edge')).toEqual(['dense_1-output_1', 'flatten_1-dense_1', 'input_1-flatten_1'])
    await expect.poll(focused).toBe('output_1')
  })

  it('2. Alt with the arrows walks along the wires, and the focus is seen', async () => {
    await window.keyboard.press('Alt+ArrowUp')
    await expect.poll(focused).toBe('dense_1')
    expect(await selected()).toEqual(['dense_1'])
    await window.keyboard.press('Alt+ArrowUp')
    await window.keyboard.press('Alt+ArrowDown')
    await expect.poll(focused).toBe('dense_1')
    const outline = await canvas
      .layer('dense_1')
      .locator('.layer-card')
      .evaluate((card) => getComputedStyle(card).outlineStyle)
    expect(outline).toBe('solid')
  })

  it('3. the arrows move it by a step and, with Shift, by a large one', async () => {
    const before = await canvas.placeOf('dense_1')
    await window.keyboard.press('ArrowRight')
    const after = await canvas.placeOf('dense_1')
    await window.keyboard.press('Shift+ArrowLeft')
    const far = await canvas.placeOf('dense_1')
    expect(after).toEqual({ x: before.x + 8, y: before.y })
    expect(far).toEqual({ x: after.x - 32, y: before.y })
    await window.keyboard.press('Control+z')
    expect(await canvas.placeOf('dense_1')).toEqual(before)
  })

  it('4. X removes a wire, asking which; C draws one to a layer of a list', async () => {
    await canvas.layer('dense_1').focus()
    await window.keyboard.press('x')
    expect(await options('Remove a wire of dense_1')).toEqual(['from flatten_1', 'to output_1'])
    await window.keyboard.type('to')
    await window.keyboard.press('Enter')
    expect(await canvas.ids('edge')).toEqual(['flatten_1-dense_1', 'input_1-flatten_1'])
    await window.keyboard.press('c')
    await list('Connect dense_1 to').waitFor()
    expect(await options('Connect dense_1 to')).toEqual(['output_1Output'])
    await launched.screenshot('editing-2-connect')
    await window.keyboard.press('Enter')
    expect(await canvas.ids('edge')).toContain('dense_1-output_1')
    await expect.poll(undoName).toContain('Undo: Connect dense_1 to output_1')
  })

  it('5. F2 renames, and Escape gives the old name back', async () => {
    await canvas.layer('dense_1').focus()
    await window.keyboard.press('F2')
    await window.keyboard.type('head')
    await window.keyboard.press('Enter')
    expect(await canvas.layer('dense_1').getAttribute('aria-label')).toContain('head, Dense')
    await expect.poll(undoName).toContain('Undo: Rename dense_1 to head')
  })
})

describe('layers are changed in place', () => {
  it('6. B bypasses a layer: it is dimmed, the model goes on without it', async () => {
    await canvas.layer('dense_1').focus()
    await window.keyboard.press('b')
    await canvas.layer('dense_1').getByText('bypassed', { exact: true }).waitFor()
    expect(await canvas.layer('output_1').getAttribute('aria-label')).toContain('gives 784')
    expect(await window.getByRole('switch', { name: 'Bypassed' }).getAttribute('aria-checked')).toBe('true')
    await launched.screenshot('editing-3-bypassed')
    await setTheme(window, 'Dark')
    await launched.screenshot('editing-3-bypassed-dark')
    await setTheme(window, 'Light')
    await canvas.layer('dense_1').focus()
    await window.keyboard.press('b')
    expect(await canvas.layer('output_1').getAttribute('aria-label')).toContain('gives 32')
  })

  it('7. R replaces it by a kind that keeps its wires', async () => {
    await window.keyboard.press('r')
    await list('Replace head by').fill('dropout')
    await list('Replace head by').press('Enter')
    expect(await canvas.layer('dense_1').getAttribute('aria-label')).toContain('head, Dropout')
    expect(await canvas.ids('edge')).toHaveLength(3)
    await expect.poll(undoName).toContain('Undo: Replace head by Dropout')
    await window.keyboard.press('Control+z')
    expect(await canvas.layer('dense_1').getAttribute('aria-label')).toContain('head, Dense')
  })

  it('8. Shift with Delete deletes and reconnects', async () => {
    await canvas.layer('flatten_1').focus()
    await window.keyboard.press('Enter')
    await window.keyboard.press('Shift+Delete')
    expect(await canvas.ids('edge')).toEqual(['dense_1-output_1', 'input_1-dense_1'])
    await expect.poll(focused).toBe('input_1')
    await window.keyboard.press('Control+z')
    expect(await canvas.ids('edge')).toHaveLength(3)
  })

  it('9. a number field takes a sum, and undo names both values', async () => {
    await canvas.layer('dense_1').click()
    const units = window.getByRole('spinbutton', { name: 'Units', exact: true })
    await units.fill('2*32')
    await units.press('Enter')
    expect(await units.inputValue()).toBe('64')
    await expect.poll(undoName).toContain('Undo: Set units of head: 32 → 64')
  })

  it('10. training settings and names are undone as well, and survive saving', async () => {
    await window.getByRole('tab', { name: /^Training/ }).click()
    const epochs = window.getByRole('spinbutton', { name: 'Epochs', exact: true })
    await epochs.fill('7')
    await expect.poll(undoName).toMatch(/Undo: Set epochs: \d+ → 7/)
    await window.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    await epochs.press('Control+s')
    await window.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    await epochs.press('Control+z')
    expect(await epochs.inputValue()).not.toBe('7')
  })
})

describe('the command palette', () => {
  it('11. has every action with its key and says why one cannot be used', async () => {
    await window.keyboard.press('Control+k')
    await list('Commands').fill('stop')
    const stop = window.getByRole('option', { name: /^Stop training/ })
    expect(await stop.getAttribute('aria-disabled')).toBe('true')
    await window.getByText('No training is running.').waitFor()
    await list('Commands').fill('')
    await launched.screenshot('editing-4-commands')
    await window.keyboard.press('Escape')
    await setTheme(window, 'Dark')
    await window.keyboard.press('Control+k')
    await launched.screenshot('editing-4-commands-dark')
    await window.keyboard.press('Escape')
    await setTheme(window, 'Light')
  })

  it('12. aligns and distributes what is selected', async () => {
    await window.mouse.move(0, 0)
    await canvas.layer('dense_1').focus()
    await window.keyboard.press('Enter')
    await window.keyboard.press('Shift+ArrowRight')
    await window.keyboard.press('Control+a')
    await command('align left')
    await expect.poll(undoName).toContain('Undo: Align 4 layers left')
    const xs = await Promise.all((await canvas.ids('node')).map(async (id) => (await canvas.placeOf(id)).x))
    expect(new Set(xs).size).toBe(1)
    await window.getByRole('toolbar', { name: 'Arrange' }).waitFor()
    await launched.screenshot('editing-5-several')
  })

  it('13. goes to layers and adds them', async () => {
    await command('go to head')
    await expect.poll(focused).toBe('dense_1')
    await command('add relu')
    expect(await canvas.ids('edge')).toContain('relu_1-output_1')
  })
})

describe('with the mouse', () => {
  it('14. a wire let go over nothing asks for a layer that fits it', async () => {
    await window.getByRole('button', { name: 'Zoom to fit' }).click()
    await canvas.startWire('input_1', 'flatten_1')
    const free = await canvas.onCanvas({ x: 60, y: 60 })
    await window.mouse.move(free.x, free.y, { steps: 5 })
    await window.mouse.up()
    await list('Add a layer that fits').waitFor()
    const offered = (await options('Add a layer that fits')).join()
    expect(offered).toContain('Conv2D')
    expect(offered).not.toContain('Conv3D')
    await launched.screenshot('editing-6-fitting')
    await list('Add a layer that fits').fill('conv2d')
    await list('Add a layer that fits').press('Enter')
    expect(await canvas.ids('edge')).toContain('input_1-conv2d_1')
  })

  it('15. favourites come first in the palette, also after a restart of the page', async () => {
    const palette = window.locator('.palette__list')
    await palette.getByRole('button', { name: 'Dense', exact: true }).hover()
    await palette.getByRole('button', { name: 'Dense is a favourite', exact: true }).click()
    await palette.getByRole('heading', { name: 'Favourites' }).waitFor()
    await launched.screenshot('editing-7-favourites')
    await window.reload()
    await palette.getByRole('heading', { name: 'Favourites' }).waitFor()
    expect(await palette.getByRole('button').first().textContent()).toBe('Dense')
  })

  it('16. the menu at the pointer has it all', async () => {
    await canvas.layer('dense_1').click({ button: 'right' })
    await window.getByRole('menuitem', { name: 'Replace by…' }).waitFor()
    await launched.screenshot('editing-8-menu')
    await window.getByRole('menuitem', { name: /^Bypass/ }).click()
    await canvas.layer('dense_1').getByText('bypassed', { exact: true }).waitFor()
    await window.keyboard.press('Control+z')
    // And opens without a mouse.
    await canvas.layer('dense_1').focus()
    await window.keyboard.press('Shift+F10')
    await window.getByRole('menuitem', { name: 'Replace by…' }).waitFor()
    await window.keyboard.press('Escape')
  })

  it('17. Ctrl+Enter trains, and what is selected stays selected', async () => {
    await canvas.layer('dense_1').click()
    await canvas.layer('dense_1').focus()
    await window.keyboard.press('Control+Enter')
    await window.getByText('Training did not start').waitFor()
    // React Flow blurs a layer that it deselects, a moment later.
    expect(await focused()).toBe('dense_1')
    expect(await selected()).toEqual(['dense_1'])
  })

  it('18. nothing of it made the window complain', () => {
    expect(launched.consoleErrors).toEqual([])
  })
})

import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'

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

const parameter = (label: string) => window.getByRole('spinbutton', { name: label, exact: true })
const undoButton = () => window.getByRole('button', { name: 'Undo', exact: true })
const problems = () => window.getByRole('list', { name: 'Problems' })

describe('drawing a network, each step from the one before', () => {
  it('1. an empty canvas says what to do', async () => {
    expect(await canvas.area.textContent()).toContain('Draw your network here')
    await launched.screenshot('canvas-1-empty')
  })

  it('2. layers are dragged from the palette to where the mouse lets them go', async () => {
    await canvas.dropLayer('Input', { x: 300, y: 60 })
    await canvas.dropLayer('Dense', { x: 300, y: 230 })
    await canvas.dropLayer('Output', { x: 300, y: 380 })
    expect(await canvas.ids('node')).toEqual(['dense_1', 'input_1', 'output_1'])
    const card = await canvas.layer('dense_1').boundingBox()
    const wanted = await canvas.onCanvas({ x: 300, y: 230 })
    // The card snaps to the grid.
    expect(Math.abs((card?.x ?? 0) + (card?.width ?? 0) / 2 - wanted.x)).toBeLessThanOrEqual(8)
    expect(Math.abs((card?.y ?? 0) + (card?.height ?? 0) / 2 - wanted.y)).toBeLessThanOrEqual(8)
  })

  it('3. wires are drawn from port to port, and the shape appears on them', async () => {
    await canvas.drawWire('input_1', 'dense_1')
    await canvas.drawWire('dense_1', 'output_1')
    expect(await canvas.ids('edge')).toEqual(['dense_1-output_1', 'input_1-dense_1'])
    await canvas.area.getByText('1 × 28 × 32', { exact: true }).first().waitFor()
    await launched.screenshot('canvas-2-wired')
  })

  it('4. a layer that gets an unsuitable shape is marked, and its badge offers the fix', async () => {
    await window.getByRole('button', { name: '1 problem of dense_1' }).click()
    const popover = window.getByRole('dialog', { name: 'Problems of dense_1' })
    expect(await popover.textContent()).toContain('dense_1 gets an image of 1 × 28 × 28')
    await launched.screenshot('canvas-3-problem')
    await popover.getByRole('button', { name: 'Insert Flatten' }).click()
    await canvas.layer('flatten_1').waitFor()
    expect(await canvas.ids('edge')).toEqual(['dense_1-output_1', 'flatten_1-dense_1', 'input_1-flatten_1'])
    expect(await problems().count()).toBe(0)
  })

  it('5. one undo takes the whole fix back, one redo brings it again', async () => {
    await undoButton().hover()
    await window.getByRole('tooltip', { name: 'Undo: Insert Flatten' }).waitFor()
    await window.keyboard.press('Control+z')
    expect(await canvas.ids('edge')).toEqual(['dense_1-output_1', 'input_1-dense_1'])
    expect(await problems().getByRole('listitem').count()).toBe(1)
    await window.keyboard.press('Control+y')
    expect(await canvas.ids('node')).toEqual(['dense_1', 'flatten_1', 'input_1', 'output_1'])
  })

  it('6. parameters are typed; the shapes that follow change with every key', async () => {
    await canvas.layer('dense_1').click()
    await parameter('Units').fill('10')
    await canvas.layer('dense_1').getByText('7.85 k params').waitFor()
    await parameter('Units').press('ArrowUp')
    expect(await canvas.layer('output_1').getAttribute('aria-label')).toContain('gives 11')
    await parameter('Units').press('Control+z')
    expect(await parameter('Units').inputValue()).toBe('32')
    await parameter('Units').press('Control+Shift+z')
    expect(await parameter('Units').inputValue()).toBe('11')
  })

  it('7. a value out of range stays in sight beside what is wrong with it, and can be mended by its fix', async () => {
    await parameter('Units').fill('0')
    const complaint = window
      .getByRole('complementary', { name: 'Inspector' })
      .getByText('dense_1 has Units 0')
    await complaint.waitFor()
    expect(await parameter('Units').getAttribute('aria-invalid')).toBe('true')
    await launched.screenshot('canvas-4-bad-parameter')
    await problems().getByRole('button', { name: 'Set Units to 32' }).click()
    await complaint.waitFor({ state: 'detached' })
    expect(await parameter('Units').inputValue()).toBe('32')
  })

  it('8. a wire that would close a circle is refused, with the reason', async () => {
    await canvas.startWire('dense_1', 'flatten_1')
    await canvas.area.getByText('flatten_1 already leads to dense_1: this would close a circle.').waitFor()
    await launched.screenshot('canvas-5-circle')
    await window.mouse.up()
    expect(await canvas.ids('edge')).toHaveLength(3)
  })

  it('9. a wire to an occupied input replaces the one that is there; undo brings it back', async () => {
    await canvas.drawWire('input_1', 'dense_1')
    expect(await canvas.ids('edge')).toEqual(['dense_1-output_1', 'input_1-dense_1', 'input_1-flatten_1'])
    await window.keyboard.press('Control+z')
    expect(await canvas.ids('edge')).toEqual(['dense_1-output_1', 'flatten_1-dense_1', 'input_1-flatten_1'])
  })

  it('10. a layer dropped on a wire is inserted there', async () => {
    const card = await canvas.layer('dense_1').boundingBox()
    const below = await canvas.layer('output_1').boundingBox()
    const area = await canvas.area.boundingBox()
    if (!card || !below || !area) throw new Error('not on screen')
    const x = card.x + card.width / 2 - area.x
    const y = (card.y + card.height + below.y) / 2 - area.y
    await canvas.dropLayer('Dropout', { x, y })
    expect(await canvas.ids('edge')).toEqual([
      'dense_1-dropout_1',
      'dropout_1-output_1',
      'flatten_1-dense_1',
      'input_1-flatten_1',
    ])
  })

  it('11. everything is done by keyboard too: search, add, select, move, duplicate, delete', async () => {
    await window.keyboard.press('Control+k')
    await window.keyboard.type('batch')
    await window.keyboard.press('Enter')
    // Added after the selected layer, in the way its result goes.
    expect(await canvas.ids('edge')).toContain('batch_normalization_1-output_1')
    await canvas.layer('batch_normalization_1').focus()
    const before = await canvas.placeOf('batch_normalization_1')
    await window.keyboard.press('ArrowRight')
    await window.keyboard.press('ArrowRight')
    const after = await canvas.placeOf('batch_normalization_1')
    expect(after.x).toBeGreaterThan(before.x)
    expect(after.y).toBe(before.y)
    await window.keyboard.press('Control+z')
    expect(await canvas.placeOf('batch_normalization_1')).toEqual(before)
    await window.keyboard.press('Control+d')
    expect(await canvas.ids('node')).toContain('batch_normalization_2')
    await window.keyboard.press('Delete')
    expect(await canvas.ids('node')).not.toContain('batch_normalization_2')
  })

  it('12. wires are changed without a mouse in the inspector', async () => {
    await canvas.layer('flatten_1').focus()
    await window.keyboard.press('Enter')
    await window.getByRole('button', { name: 'Remove the wire from input_1' }).press('Enter')
    expect(await canvas.ids('edge')).not.toContain('input_1-flatten_1')
    await window.getByRole('combobox', { name: 'Connect Input from' }).press('Enter')
    await window.getByRole('option', { name: 'input_1' }).press('Enter')
    expect(await canvas.ids('edge')).toContain('input_1-flatten_1')
  })

  it('13. several layers are selected with a box and deleted by the menu at the pointer', async () => {
    const before = await canvas.ids('node')
    await window.getByRole('button', { name: 'Zoom to fit' }).click()
    const [from, to] = [await canvas.onCanvas({ x: 10, y: 10 }), await canvas.onCanvas({ x: 700, y: 470 })]
    await window.mouse.move(from.x, from.y)
    await window.mouse.down()
    await window.mouse.move(to.x, to.y, { steps: 8 })
    await window.mouse.up()
    await window.getByText(`${before.length} layers selected`).waitFor()
    await window.mouse.click(to.x / 2 + from.x / 2, to.y / 2 + from.y / 2, { button: 'right' })
    await window.getByRole('menuitem', { name: /^Delete(?! and)/ }).click()
    expect(await canvas.ids('node')).toEqual([])
    await window.keyboard.press('Control+z')
    expect(await canvas.ids('node')).toEqual(before)
  })

  it('14. tidy puts everything in order, in one step of undo', async () => {
    await window.getByRole('button', { name: 'Tidy' }).click()
    await undoButton().hover()
    await window.getByRole('tooltip', { name: 'Undo: Tidy' }).waitFor()
    await launched.screenshot('canvas-6-tidy')
  })

  it('15. all of it can be undone, and redone', async () => {
    const drawn = await canvas.ids('edge')
    const canUndo = async () => (await undoButton().getAttribute('aria-disabled')) === 'false'
    while (await canUndo()) await window.keyboard.press('Control+z')
    expect(await canvas.ids('node')).toEqual([])
    const redoButton = window.getByRole('button', { name: 'Redo', exact: true })
    const canRedo = async () => (await redoButton.getAttribute('aria-disabled')) === 'false'
    while (await canRedo()) await window.keyboard.press('Control+y')
    expect(await canvas.ids('edge')).toEqual(drawn)
  })

  it('16. the work is saved by itself', async () => {
    await window.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    await launched.screenshot('canvas-7-saved')
  })

  it('17. nothing of it made the window complain', () => {
    expect(launched.consoleErrors).toEqual([])
  })
})

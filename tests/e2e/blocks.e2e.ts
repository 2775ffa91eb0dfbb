import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'

let launched: LaunchedApp
let window: Page
let canvas: CanvasPage
let before: string

beforeAll(async () => {
  launched = await launchApp()
  window = launched.window
  canvas = new CanvasPage(window)
  await window.getByRole('button', { name: 'New empty model' }).click()
  await canvas.area.waitFor()
  for (const name of ['input', 'dense', 'relu', 'dense', 'output']) await add(name)
  await window.keyboard.press('Control+0')
  await window.getByRole('tab', { name: 'Mermaid' }).click()
  before = await mermaid()
})
afterAll(() => launched?.close())

async function add(name: string): Promise<void> {
  await window.keyboard.press('/')
  await window.getByRole('combobox', { name: 'Add a layer' }).fill(name)
  await window.keyboard.press('Enter')
  await window.getByRole('combobox', { name: 'Add a layer' }).waitFor({ state: 'detached' })
}

/** The whole model as text: what a comparison of two states goes by. */
async function mermaid(): Promise<string> {
  return (await window.getByRole('region', { name: 'Mermaid source' }).textContent()) ?? ''
}

const path = () => window.getByRole('navigation', { name: 'Path of blocks' })

describe('blocks, by keyboard and mouse', () => {
  it('1. two layers become one card', async () => {
    await canvas.layer('dense_1').click()
    await canvas.layer('relu_1').click({ modifiers: ['Shift'] })
    await canvas.layer('relu_1').focus()
    await window.keyboard.press('Control+g')
    await canvas.layer('block_1').waitFor()
    expect(await canvas.ids('node')).toEqual(['block_1', 'dense_2', 'input_1', 'output_1'])
    expect(await canvas.ids('edge')).toHaveLength(3)
    expect(await mermaid()).toContain('subgraph frame_1["block_1"]')
    await launched.screenshot('blocks-1-collapsed')
  })

  it('2. it opens in place, and a parameter inside is changed and exposed', async () => {
    await canvas.layer('block_1').focus()
    await window.keyboard.press('o')
    await path().waitFor()
    await expect.poll(() => canvas.ids('node')).toEqual(['dense_1', 'input', 'output', 'relu_1'])
    await canvas.layer('dense_1').click()
    const units = window.getByRole('spinbutton', { name: 'Units' })
    await units.fill('7')
    await window.getByText('Set outside, for each block_1').click()
    await window.getByRole('switch', { name: 'Units' }).click()
    await expect.poll(mermaid).toContain('units 7')
    await expect.poll(() => canvas.layer('dense_1').textContent()).toContain('7')
    await launched.screenshot('blocks-2-opened')
  })

  it('3. it is left by keyboard, and the exposed parameter is set outside', async () => {
    await canvas.layer('dense_1').focus()
    await window.keyboard.press('Shift+O')
    await path().waitFor({ state: 'detached' })
    await canvas.layer('block_1').click()
    await window.getByRole('spinbutton', { name: 'units' }).fill('9')
    await expect.poll(mermaid).toContain('units 9')
  })

  it('4. it stands in a row', async () => {
    await window.getByRole('spinbutton', { name: 'Repeat' }).fill('3')
    await expect.poll(mermaid).toContain('block_1/3/dense_1')
    expect(await canvas.layer('block_1').textContent()).toContain('× 3')
    await launched.screenshot('blocks-3-repeated')
  })

  it('5. a problem inside is shown on the card and leads inside', async () => {
    await window.getByRole('spinbutton', { name: 'units' }).fill('0')
    await window.getByRole('tab', { name: /Problems/ }).click()
    await window
      .getByRole('list', { name: 'Problems' })
      .getByText(/block_1\/1\/dense_1 has Units 0/)
      .waitFor()
    await launched.screenshot('blocks-4-problem')
    await window.getByRole('button', { name: 'Show block_1' }).click()
    await path().waitFor()
    await expect.poll(() => canvas.layer('dense_1').getAttribute('class')).toContain('selected')
    await window.keyboard.press('Control+z')
    await path()
      .getByRole('button', { name: /Untitled|model/i })
      .first()
      .click()
    await path().waitFor({ state: 'detached' })
    await window.getByRole('tab', { name: 'Mermaid' }).click()
    await expect.poll(mermaid).toContain('units 9')
  })

  it('6. unpacked it is six layers', async () => {
    await canvas.layer('block_1').click()
    await canvas.layer('block_1').focus()
    await window.keyboard.press('Control+Shift+G')
    await canvas.layer('block_1').waitFor({ state: 'detached' })
    expect(await canvas.ids('node')).toHaveLength(9)
    expect(await mermaid()).not.toContain('subgraph')
    expect((await mermaid()).match(/units 9/g)).toHaveLength(3)
    await launched.screenshot('blocks-5-unpacked')
  })

  it('7. all of it is undone to the same model', async () => {
    await canvas.layer('input_1').focus()
    for (let step = 0; step < 12 && (await mermaid()) !== before; step++) {
      await window.keyboard.press('Control+z')
      await window.waitForTimeout(150)
    }
    expect(await mermaid()).toBe(before)
    expect(await canvas.ids('node')).toEqual(['dense_1', 'dense_2', 'input_1', 'output_1', 'relu_1'])
    await window.keyboard.press('Control+Shift+Z')
    await canvas.layer('block_1').waitFor()
  })

  it('8. it looks right in the dark', async () => {
    await window.keyboard.press('Control+k')
    await window.getByRole('combobox').fill('light and dark')
    await window.keyboard.press('Enter')
    await canvas.layer('block_1').click()
    await launched.screenshot('blocks-6-dark')
    await canvas.layer('block_1').dblclick()
    await path().waitFor()
    await launched.screenshot('blocks-7-dark-opened')
  })

  it('9. it is kept for another project, and removed again', async () => {
    await window.keyboard.press('Shift+O')
    await path().waitFor({ state: 'detached' })
    await window.getByRole('button', { name: 'Keep', exact: true }).click()
    await window.getByRole('heading', { name: 'My blocks' }).waitFor()
    await window.keyboard.press('Control+n')
    await expect.poll(() => canvas.ids('node')).toEqual([])
    await window.getByRole('button', { name: 'block_1', exact: true }).dblclick()
    await canvas.layer('block_1').waitFor()
    await window.getByRole('heading', { name: 'This drawing' }).waitFor()
    await launched.screenshot('blocks-8-kept')
    await window.getByRole('button', { name: 'Keep block_1 no more' }).click()
    await window.getByRole('heading', { name: 'My blocks' }).waitFor({ state: 'detached' })
    await canvas.layer('block_1').waitFor()
  })

  it('10. a ready block fits what it is added to, and is made of layers', async () => {
    await window.keyboard.press('Control+n')
    await expect.poll(() => canvas.ids('node')).toEqual([])
    for (const name of ['input', 'conv2d']) await add(name)
    await window.getByRole('button', { name: 'Residual', exact: true }).dblclick()
    await canvas.layer('residual_1').waitFor()
    expect(await canvas.ids('edge')).toHaveLength(2)
    const filters = window.getByRole('spinbutton', { name: 'filters' })
    await expect.poll(() => filters.inputValue()).toBe('32')
    await expect.poll(() => canvas.layer('residual_1').textContent()).toContain('32 ×')
    await window.keyboard.press('Control+0')
    await launched.screenshot('blocks-9-ready')
    await canvas.layer('residual_1').dblclick()
    await path().waitFor()
    await expect.poll(async () => (await canvas.ids('node')).length).toBe(9)
    await window.keyboard.press('Control+0')
    // The inside of a block ends at its ports.
    expect(await window.getByRole('button', { name: 'Output', exact: true }).count()).toBe(0)
    await launched.screenshot('blocks-10-ready-opened')
  })

  it('11. what a block exposes gets another name, and with it back both are set together', async () => {
    await canvas.layer('conv1').click()
    await window.getByText('Parameters of one name are set together.').waitFor({ state: 'attached' })
    const name = window.getByRole('textbox', { name: 'Name outside' })
    await name.fill('first filters')
    await name.press('Enter')
    await launched.screenshot('blocks-11-exposed')
    await window.keyboard.press('Shift+O')
    await path().waitFor({ state: 'detached' })
    await canvas.layer('residual_1').click()
    await expect.poll(() => window.getByRole('spinbutton', { name: 'first filters' }).inputValue()).toBe('32')
    await canvas.layer('residual_1').focus()
    await window.keyboard.press('Control+z')
    await expect.poll(() => window.getByRole('spinbutton', { name: 'filters' }).count()).toBe(1)
  })

  it('12. ready blocks are dragged onto the canvas', async () => {
    await canvas.dropLayer('Squeeze and excite', { x: 700, y: 120 })
    await canvas.layer('squeeze_excite_1').waitFor()
    await window.getByRole('heading', { name: 'This drawing' }).waitFor()
  })

  it('13. a problem inside is mended from outside and inside, in one step of undo', async () => {
    await window.keyboard.press('Control+n')
    await expect.poll(() => canvas.ids('node')).toEqual([])
    for (const name of ['input', 'flatten', 'conv2d', 'output']) await add(name)
    await canvas.layer('conv2d_1').click()
    await canvas.layer('conv2d_1').focus()
    await window.keyboard.press('Control+g')
    await canvas.layer('block_1').waitFor()
    await window.getByRole('tab', { name: /Problems/ }).click()
    const list = window.getByRole('list', { name: 'Problems' })
    // The Flatten stands outside, the convolution that cannot take what it gives inside.
    await list.getByText(/block_1\/conv2d_1 expects/).waitFor()
    await list.getByRole('button', { name: 'Remove flatten_1' }).click()
    await window.getByText('No problems').waitFor()
    expect(await canvas.ids('node')).toEqual(['block_1', 'input_1', 'output_1'])
    await canvas.layer('input_1').focus()
    await window.keyboard.press('Control+z')
    await list.getByText(/block_1\/conv2d_1 expects/).waitFor()
    expect(await canvas.ids('node')).toEqual(['block_1', 'flatten_1', 'input_1', 'output_1'])
    // A row of numbers, which a layer inside makes an image of.
    await list.getByRole('button', { name: 'Remove flatten_1' }).click()
    await canvas.layer('input_1').click()
    const shape = window.getByRole('textbox', { name: 'Shape' })
    await shape.fill('64')
    await shape.press('Enter')
    await list.getByRole('button', { name: 'Insert Reshape to 1 × 8 × 8' }).waitFor()
    await launched.screenshot('blocks-12-fix-outside')
    await canvas.layer('block_1').dblclick()
    await path().waitFor()
    await canvas.layer('conv2d_1').click()
    await list.getByRole('button', { name: 'Insert Reshape to 1 × 8 × 8' }).click()
    await canvas.layer('reshape_1').waitFor()
    await window.getByText('No problems').waitFor()
    await launched.screenshot('blocks-13-fixed-inside')
    await canvas.layer('reshape_1').focus()
    await window.keyboard.press('Control+z')
    await canvas.layer('reshape_1').waitFor({ state: 'detached' })
    await list.getByRole('button', { name: 'Insert Reshape to 1 × 8 × 8' }).waitFor()
    expect(launched.consoleErrors).toEqual([])
  })
})

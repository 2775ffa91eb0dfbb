import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyDocument } from '../../src-core/document/model-document.ts'
import { newLayer } from '../../src-core/document/new-elements.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
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

const clipboardText = () => launched.app.evaluate(({ clipboard }) => clipboard.readText())
const setClipboard = (text: string) =>
  launched.app.evaluate(({ clipboard }, written) => clipboard.writeText(written), text)

async function add(name: string): Promise<void> {
  await window.keyboard.press('/')
  await window.getByRole('combobox', { name: 'Add a layer' }).fill(name)
  await window.keyboard.press('Enter')
  await window.getByRole('combobox', { name: 'Add a layer' }).waitFor({ state: 'detached' })
}

describe('layers go through the system’s clipboard', () => {
  it('1. copied and pasted beside themselves, with their wires', async () => {
    await add('input')
    await add('dense')
    await add('relu')
    await window.keyboard.press('Control+a')
    await window.keyboard.press('Control+c')
    expect(JSON.parse(await clipboardText())).toMatchObject({ format: 'layerloom-layers', version: 1 })
    await window.keyboard.press('Control+v')
    await canvas.layer('relu_2').waitFor()
    expect(await canvas.ids('edge')).toEqual([
      'dense_1-relu_1',
      'dense_2-relu_2',
      'input_1-dense_1',
      'input_2-dense_2',
    ])
    await launched.screenshot('clipboard-1-pasted')
  })

  it('2. cut takes them away; undo brings them back', async () => {
    await window.keyboard.press('Control+x')
    await canvas.layer('relu_2').waitFor({ state: 'detached' })
    expect(JSON.parse(await clipboardText()).layers).toHaveLength(3)
    await window.keyboard.press('Control+z')
    await canvas.layer('relu_2').waitFor()
    await window.keyboard.press('Control+z')
    await canvas.layer('relu_2').waitFor({ state: 'detached' })
  })

  it('3. into another project, under their own names', async () => {
    await window.keyboard.press('Control+n')
    await expect.poll(() => canvas.ids('node')).toEqual([])
    await canvas.area.click()
    await window.keyboard.press('Control+v')
    await canvas.layer('dense_2').waitFor()
    expect(await canvas.ids('node')).toEqual(['dense_2', 'input_2', 'relu_2'])
  })

  it('4. foreign text is explained in a sentence and changes nothing', async () => {
    await setClipboard('a recipe for bread')
    await window.keyboard.press('Control+v')
    await window
      .getByRole('region', { name: /^Notifications/ })
      .getByText('The clipboard holds text that is not from LayerLoom, so there are no layers to paste.')
      .waitFor()
    await launched.screenshot('clipboard-2-foreign')
    expect(await canvas.ids('node')).toHaveLength(3)
  })

  it('5. a whole document is offered', async () => {
    const other = emptyDocument('Other model')
    await setClipboard(serialiseDocument({ ...other, layers: [newLayer(other, 'flatten', { x: 0, y: 0 })] }))
    await canvas.layer('dense_2').focus()
    await window.keyboard.press('Control+v')
    const dialog = window.getByRole('dialog', { name: 'A whole model was pasted' })
    expect(await dialog.textContent()).toContain('“Other model” with 1 layer')
    await launched.screenshot('clipboard-3-document')
    await dialog.getByRole('button', { name: 'Add 1 layer' }).click()
    await canvas.layer('flatten_1').waitFor()
  })

  it('6. by the command palette as well, and texts in fields stay texts', async () => {
    await canvas.layer('dense_2').click()
    await window.keyboard.press('Control+k')
    await window.getByRole('combobox', { name: 'Commands' }).fill('copy layers')
    await window.keyboard.press('Enter')
    await expect.poll(clipboardText).toContain('"id": "dense_2"')
    const name = window.getByRole('textbox', { name: 'Layer name' })
    await name.selectText()
    await name.press('Control+c')
    await expect.poll(clipboardText).toBe('dense_2')
    expect(await canvas.ids('node')).toHaveLength(4)
  })

  it('7. nothing of it made the window complain', () => {
    expect(launched.consoleErrors).toEqual([])
  })
})

import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { answerOpenDialog } from './support/dialogs.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme } from './support/window.ts'

const template = fileURLToPath(
  new URL('../../resources/templates/binary-classifier.loom.json', import.meta.url),
)
let launched: LaunchedApp
let window: Page
let canvas: CanvasPage

beforeAll(async () => {
  launched = await launchApp()
  window = launched.window
  canvas = new CanvasPage(window)
  await window.getByRole('button', { name: /^Handwritten digits/ }).click()
  await canvas.area.waitFor()
})
afterAll(() => launched?.close())

const list = (name: string) => window.getByRole('combobox', { name })
const differences = () => window.getByRole('complementary', { name: 'Differences' })
const problems = () => window.getByRole('list', { name: 'Problems' })

async function command(words: string): Promise<void> {
  await window.keyboard.press('Control+k')
  await list('Commands').fill(words)
  await list('Commands').press('Enter')
}

describe('a drawing is compared', () => {
  it('1. with a template, before and after it was changed', async () => {
    await canvas.layer('dense_1').press('Enter')
    const units = window.getByRole('spinbutton', { name: 'Units', exact: true })
    await units.fill('128')
    await units.press('Tab')
    await canvas.layer('dropout_1').press('Enter')
    await window.getByRole('spinbutton', { name: 'Rate', exact: true }).waitFor()
    await canvas.layer('dropout_1').press('Shift+Delete')
    await canvas.layer('dropout_1').waitFor({ state: 'detached' })
    await command('compare')
    await launched.screenshot('compare-1-choose')
    await window.getByRole('button', { name: 'Handwritten digits' }).last().click()
    await differences().waitFor()
    expect(await window.getByRole('dialog').textContent()).toContain('1 layer removed, 1 layer changed')
    const row = differences().getByRole('row', { name: /^Units/ })
    expect(await row.getByRole('cell').allTextContents()).toEqual(['50', '128'])
    await launched.screenshot('compare-2-light')
  })

  it('2. and every layer of the list is brought into the middle', async () => {
    await differences()
      .getByRole('button', { name: /^dropout_1/ })
      .click()
    const card = window.getByRole('dialog').locator('.react-flow__node[data-id="removed dropout_1"]')
    await expect.poll(() => card.getAttribute('class')).toContain('selected')
    expect(await card.textContent()).toContain('removed')
    const pane = await window.getByRole('dialog').locator('.react-flow').boundingBox()
    const middle = async () => {
      const box = await card.boundingBox()
      return box && pane ? Math.abs(box.x + box.width / 2 - pane.x - pane.width / 2) : 1000
    }
    await expect.poll(middle).toBeLessThan(4)
    await launched.screenshot('compare-3-centred')
  })

  it('3. Escape leaves it, and nothing was changed', async () => {
    await window.keyboard.press('Escape')
    await differences().waitFor({ state: 'detached' })
    await canvas.layer('dense_1').waitFor()
    await canvas.area.waitFor()
  })

  it('4. with a file, in the dark', async () => {
    await setTheme(window, 'Dark')
    await answerOpenDialog(launched.app, template)
    await command('compare')
    await window.getByRole('button', { name: 'A file…' }).click()
    await differences().waitFor()
    expect(await window.getByRole('dialog').textContent()).toContain(
      'binary-classifier.loom.json → This drawing',
    )
    await launched.screenshot('compare-4-dark')
    await window.keyboard.press('Escape')
    await differences().waitFor({ state: 'detached' })
  })
})

describe('a run is compared', () => {
  it('5. with the drawing as it is now, from the panel of runs', async () => {
    await setTheme(window, 'Light')
    await window.getByRole('button', { name: 'Start page' }).click()
    await window.getByRole('button', { name: /^Iris classifier/ }).click()
    await canvas.area.waitFor()
    await window.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click()
    await window.getByRole('tab', { name: /^Runs/ }).click()
    await window.getByRole('button', { name: 'Compare…' }).waitFor()
    await canvas.layer('dense_1').press('Enter')
    const units = window.getByRole('spinbutton', { name: 'Units', exact: true })
    await units.fill('24')
    await units.press('Tab')
    await window.getByRole('button', { name: 'Compare…' }).click()
    await window.getByRole('dialog').getByRole('button', { name: 'This drawing' }).click()
    await differences().waitFor()
    expect(await window.getByRole('dialog').textContent()).toContain('Run 1 → This drawing1 layer changed.')
    await launched.screenshot('compare-7-run')
    await window.keyboard.press('Escape')
    await differences().waitFor({ state: 'detached' })
  })
})

describe('a problem is mended', () => {
  it('6. from the list, by keyboard, in one step of undo', async () => {
    await window.getByRole('button', { name: 'Start page' }).click()
    await window.getByRole('button', { name: 'New empty model' }).click()
    await canvas.area.waitFor()
    for (const name of ['input', 'conv2d', 'dense', 'output']) {
      await window.keyboard.press('/')
      await list('Add a layer').fill(name)
      await list('Add a layer').press('Enter')
      await list('Add a layer').waitFor({ state: 'detached' })
    }
    await window.getByRole('tab', { name: /^Problems/ }).click()
    const fix = problems().getByRole('button', { name: 'Insert GlobalAveragePooling2D' })
    await fix.waitFor()
    await launched.screenshot('compare-5-fixes-light')
    await fix.focus()
    await window.keyboard.press('Enter')
    await canvas.layer('global_average_pooling2d_1').waitFor()
    await fix.waitFor({ state: 'detached' })
    await window.keyboard.press('Control+z')
    await fix.waitFor()
    await setTheme(window, 'Dark')
    await canvas
      .layer('dense_1')
      .getByRole('button', { name: /problem/ })
      .click()
    await window.getByRole('button', { name: 'Insert Flatten' }).first().waitFor()
    await launched.screenshot('compare-6-fixes-dark')
  })
})

import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme, setWindowSize } from './support/window.ts'

let launched: LaunchedApp
let window: Page
let canvas: CanvasPage

beforeAll(async () => {
  launched = await launchApp()
  window = launched.window
  canvas = new CanvasPage(window)
  await setWindowSize(launched.app, 1440, 1000)
  await window.getByRole('button', { name: /^CNN with augmentation/ }).click()
  await setTheme(window, 'Light')
})
afterAll(() => launched?.close())

const inspector = () => window.getByRole('complementary', { name: 'Inspector' })
const picture = (name: string | RegExp) => inspector().getByRole('img', { name })

/** Selects a layer by its name; cards may lie outside of what is in sight. */
async function select(name: string): Promise<void> {
  await window.keyboard.press('Control+k')
  await window.getByPlaceholder('What do you want to do?').fill(`go to ${name}`)
  await window
    .getByRole('option', { name: new RegExp(`^Go to ${name}`) })
    .first()
    .click()
}

function shown(name: string | RegExp): Promise<string> {
  return picture(name)
    .first()
    .evaluate((element) => {
      if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas')
      return element.toDataURL()
    })
}

it('asks to select a layer, then shows the picture that flows in, and goes to others by class', async () => {
  await window.getByRole('tab', { name: 'Preview' }).click()
  await inspector().getByText('No layer selected').waitFor()
  await select('image')
  await picture('Picture of image').waitFor({ timeout: 60_000 })
  const first = await shown('Picture of image')
  await inspector().getByRole('button', { name: 'Next sample' }).click()
  await inspector().getByText('Row 2, as in prediction').waitFor()
  expect(await shown('Picture of image')).not.toBe(first)
  await inspector().getByRole('combobox', { name: 'Class' }).click()
  const option = window.getByRole('option').nth(2)
  const wanted = await option.textContent()
  await option.click()
  await inspector()
    .getByText(new RegExp(`: ${wanted}$`))
    .waitFor()
  await launched.screenshot('preview-picture')
})

it('draws augmentations several times, others on request, the same when the seed is the same', async () => {
  await select('crop')
  await inspector().getByText('6 draws, as in training').waitFor({ timeout: 30_000 })
  const name = /^Picture of crop.*, draw 1$/
  const before = await shown(name)
  await launched.screenshot('preview-draws')
  await inspector().getByRole('button', { name: 'Draw again' }).click()
  await expect.poll(() => shown(name)).not.toBe(before)
  await inspector().getByRole('radio', { name: 'Predicting' }).click()
  await inspector()
    .getByText(/as in prediction$/)
    .waitFor()
  await inspector().getByRole('radio', { name: 'Training' }).click()
  await inspector().getByText('6 draws, as in training').waitFor()
})

it('shows feature maps with their scale, and class names at the output', async () => {
  await inspector().getByRole('radio', { name: 'Predicting' }).click()
  await select('conv_1')
  await picture('Feature maps of conv_1').waitFor({ timeout: 30_000 })
  await inspector()
    .getByText(/^(first )?\d+ (of \d+ )?channels$/)
    .waitFor()
  await launched.screenshot('preview-maps')
  await setTheme(window, 'Dark')
  await launched.screenshot('preview-maps-dark')
  await setTheme(window, 'Light')
  await window.keyboard.press('Escape')
})

it('puts thumbnails on the layers, as a choice of the view', async () => {
  const thumbnails = () => window.locator('.layer-thumbnail').count()
  expect(await thumbnails()).toBe(0)
  await window.getByRole('button', { name: 'Thumbnails' }).click()
  await expect.poll(thumbnails).toBeGreaterThan(3)
  await launched.screenshot('preview-thumbnails')
  await setTheme(window, 'Dark')
  await launched.screenshot('preview-thumbnails-dark')
  await setTheme(window, 'Light')
  await window.getByRole('button', { name: 'Thumbnails' }).click()
  await expect.poll(thumbnails).toBe(0)
})

it('tells padding from the steps that count, in the heat map of a sequence', async () => {
  await window.getByRole('button', { name: 'Start page' }).click()
  await window.getByRole('button', { name: /^Text classifier/ }).click()
  await select('embedding')
  await picture(/^Heat map of embedding/).waitFor({ timeout: 30_000 })
  await inspector()
    .getByText(/^rows down, columns across · \d+ of \d+ steps count, the faint ones are padding$/)
    .waitFor()
  const map = await picture(/^Heat map of embedding/).boundingBox()
  const legend = await inspector()
    .getByText(/^rows down/)
    .boundingBox()
  expect((map?.y ?? 0) + (map?.height ?? 0)).toBeLessThan(legend?.y ?? 0)
  await launched.screenshot('preview-mask')
  await setTheme(window, 'Dark')
  await launched.screenshot('preview-mask-dark')
  await setTheme(window, 'Light')
})

it('shows what a run has learned, and says so when the drawing has moved on', async () => {
  await window.getByRole('button', { name: 'Start page' }).click()
  await window.getByRole('button', { name: /^Iris classifier/ }).click()
  await select('dense_2')
  const values = inspector().getByRole('list', { name: /^Values of dense_2/ })
  await values.waitFor({ timeout: 30_000 })
  const fresh = await values.textContent()
  expect(fresh).toMatch(/setosa.*versicolor.*virginica/)
  await window.keyboard.press('Control+Enter')
  await window.getByText('Finished', { exact: true }).first().waitFor({ timeout: 60_000 })
  await select('dense_2')
  await inspector().getByRole('combobox', { name: 'Weights' }).click()
  await window.getByRole('option', { name: /^Run 1/ }).click()
  await expect.poll(() => values.textContent()).not.toBe(fresh)
  await launched.screenshot('preview-trained')
  await select('dense_1')
  await window.getByRole('tab', { name: 'Layer', exact: true }).click()
  await inspector().getByRole('spinbutton', { name: 'Units' }).fill('5')
  await window.getByRole('tab', { name: 'Preview' }).click()
  await inspector()
    .getByText(/^The run was trained with another drawing/)
    .waitFor({ timeout: 30_000 })
  await launched.screenshot('preview-other-drawing')
  expect(launched.consoleErrors).toEqual([])
  expect(await canvas.ids('node')).toHaveLength(4)
})

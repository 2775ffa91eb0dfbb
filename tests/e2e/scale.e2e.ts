import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'

let launched: LaunchedApp
let window: Page

beforeAll(async () => {
  launched = await launchApp()
  window = launched.window
})
afterAll(() => launched?.close())

/** Pixels of the device for one of the page. */
const ratio = () => window.evaluate(() => devicePixelRatio)

it('everything becomes larger and smaller by keys, and usual again from the menu', async () => {
  const usual = await ratio()
  await window.keyboard.press('Control+Alt+Equal')
  await expect.poll(ratio).toBeCloseTo(1.1 * usual, 2)
  await window.keyboard.press('Control+Alt+Minus')
  await window.keyboard.press('Control+Alt+Minus')
  await expect.poll(ratio).toBeCloseTo(0.9 * usual, 2)
  await window.getByRole('button', { name: /^Iris classifier/ }).click()
  await window.getByRole('button', { name: 'Theme' }).click()
  await window.getByText('Size: 90 %').waitFor()
  await launched.screenshot('size-menu')
  await window.getByRole('menuitem', { name: /^Usual size/ }).click()
  await expect.poll(ratio).toBeCloseTo(usual, 2)
})

it('the size is kept when the page is loaded again', async () => {
  const usual = await ratio()
  await window.keyboard.press('Control+Alt+Equal')
  await window.keyboard.press('Control+Alt+Equal')
  await expect.poll(ratio).toBeCloseTo(1.25 * usual, 2)
  await window.reload()
  await window.getByRole('button', { name: 'Theme' }).waitFor()
  await expect.poll(ratio).toBeCloseTo(1.25 * usual, 2)
  await window.keyboard.press('Control+Alt+Digit0')
  await expect.poll(ratio).toBeCloseTo(usual, 2)
})

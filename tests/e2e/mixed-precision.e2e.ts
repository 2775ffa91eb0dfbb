import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme, setWindowSize } from './support/window.ts'

let launched: LaunchedApp
let window: Page

beforeAll(async () => {
  launched = await launchApp()
  window = launched.window
  await setWindowSize(launched.app, 1440, 900)
  await window.getByRole('button', { name: /^Iris classifier/ }).click()
  await setTheme(window, 'Light')
  await window.getByRole('tab', { name: 'Training' }).click()
})
afterAll(() => launched?.close())

const settings = () => window.getByRole('form', { name: 'Training settings' })
const run = () => window.getByRole('complementary', { name: 'Run' })

it('lists CUDA among the engines, with what is missing', async () => {
  await window.getByRole('button', { name: 'Engines…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Engines' })
  const row = dialog.getByRole('listitem').filter({ hasText: 'GPU (CUDA)' })
  await row.getByText(/^(Not available|Available)$/).waitFor()
  expect(await row.getByRole('button', { name: /^(Install|Remove)$/ }).count()).toBe(1)
  await launched.screenshot('engines-cuda')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await dialog.waitFor({ state: 'detached' })
})

it('trains in float16 as it was asked to, and tells how fast that is', async () => {
  await setTheme(window, 'Dark')
  await settings().getByText('More', { exact: true }).click()
  const mixed = settings().getByRole('switch', { name: 'Mixed precision', exact: true })
  await mixed.scrollIntoViewIfNeeded()
  await mixed.click()
  await launched.screenshot('mixed-precision-dark')
  await setTheme(window, 'Light')
  await launched.screenshot('mixed-precision')
  await settings().getByRole('combobox', { name: 'Train on', exact: true }).click()
  await window.getByRole('option', { name: 'CPU', exact: true }).click()
  await settings().getByLabel('Epochs', { exact: true }).fill('5')
  await window.keyboard.press('Control+Enter')
  await run().getByText('Finished', { exact: true }).waitFor({ timeout: 60_000 })
  expect(await run().textContent()).toMatch(
    /in float16 [\d.]+ ms per step \(used\)\. float16 is (slower|faster) here/,
  )
  await launched.screenshot('mixed-precision-trained')
  expect(launched.consoleErrors).toEqual([])
})

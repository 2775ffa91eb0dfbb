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
const rates = () => window.getByRole('img', { name: /^Learning rate: / })

async function choose(label: string, option: string): Promise<void> {
  await settings().getByRole('combobox', { name: label, exact: true }).click()
  await window.getByRole('option', { name: option, exact: true }).click()
}

it('draws the schedule as it is chosen', async () => {
  expect(await rates().count()).toBe(0)
  await choose('Schedule', 'Cosine')
  expect(await rates().getAttribute('aria-label')).toMatch(/^Learning rate: planned [\d.e-]+ at epoch \d/)
  await settings().getByRole('switch', { name: 'Warm-up', exact: true }).click()
  await rates().scrollIntoViewIfNeeded()
  await launched.screenshot('schedule-settings')
})

it('says at once what does not go together', async () => {
  await settings().getByLabel('Warm-up length, number').fill('900')
  await settings()
    .getByText(/^The warm-up takes 900 epochs, but the whole run has only/)
    .waitFor()
  await launched.screenshot('schedule-problem')
  await settings().getByLabel('Warm-up length, number').fill('2')
  await settings().getByText('The warm-up takes').waitFor({ state: 'detached' })
})

it('trains by it, ends early, and shows the rates that were taken', async () => {
  await settings().getByLabel('Epochs', { exact: true }).fill('400')
  await settings().getByLabel('Learning rate', { exact: true }).fill('0.05')
  await settings().getByRole('switch', { name: 'Early stopping', exact: true }).click()
  await settings().getByRole('switch', { name: 'Keep best weights', exact: true }).scrollIntoViewIfNeeded()
  await launched.screenshot('schedule-early-stopping')
  await window.keyboard.press('Control+Enter')
  await run().getByText('Finished', { exact: true }).waitFor({ timeout: 60_000 })
  expect(await run().textContent()).toMatch(/Epoch \d{1,2} of 400/)
  const taken = window.getByRole('img', { name: /^Learning rate: taken [\d.e-]+ at step \d/ })
  await taken.waitFor()
  await launched.screenshot('schedule-trained')
  const log = run().getByRole('list', { name: 'Log' })
  expect(await log.textContent()).toMatch(
    /The weights of epoch \d+, the best, are kept\.Training ends early: for 5 epochs the validation loss/,
  )
  expect(launched.consoleErrors).toEqual([])
})

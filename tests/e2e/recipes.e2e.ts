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
  await window.getByRole('button', { name: /^Digits from noise/ }).click()
  await setTheme(window, 'Light')
  await window.getByRole('tab', { name: 'Training' }).click()
})
afterAll(() => launched?.close())

const settings = () => window.getByRole('form', { name: 'Training settings' })
const run = () => window.getByRole('complementary', { name: 'Run' })

async function choose(label: string, option: string): Promise<void> {
  await settings().getByRole('combobox', { name: label, exact: true }).click()
  await window.getByRole('option', { name: option, exact: true }).click()
}

it('shows the fields of the recipe that is chosen, and says what does not fit it', async () => {
  await settings().getByLabel('Discriminator steps', { exact: true }).waitFor()
  await launched.screenshot('recipe-adversarial')
  await choose('Recipe', 'Contrastive')
  await settings().getByLabel('Temperature', { exact: true }).waitFor()
  await window.getByRole('tab', { name: /^Problems/ }).click()
  await window
    .getByText(/is a part of a GAN, but the training is contrastive/)
    .first()
    .waitFor()
  await launched.screenshot('recipe-problem')
  await window.getByRole('tab', { name: 'Training' }).click()
  await choose('Recipe', 'Adversarial (GAN)')
  await settings().getByLabel('Discriminator steps', { exact: true }).waitFor()
})

it('trains a GAN and draws what both networks report', async () => {
  await settings().getByLabel('Batch size', { exact: true }).fill('256')
  await window.keyboard.press('Control+Enter')
  await run().getByText('Epoch 2 of 16').waitFor({ timeout: 110_000 })
  await window.getByRole('img', { name: /^Both losses/ }).waitFor()
  await window.getByRole('img', { name: /^Generator loss/ }).waitFor()
  await launched.screenshot('recipe-trained')
  await setTheme(window, 'Dark')
  await launched.screenshot('recipe-trained-dark')
  await run().getByRole('button', { name: 'Stop' }).click()
  await run().getByText('Stopped', { exact: true }).waitFor()
  expect(launched.consoleErrors).toEqual([])
})

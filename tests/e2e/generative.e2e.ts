import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerSaveDialog } from './support/dialogs.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme, setWindowSize } from './support/window.ts'

let launched: LaunchedApp
let window: Page
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-pictures-'))
  launched = await launchApp()
  window = launched.window
  await setWindowSize(launched.app, 1440, 900)
  await window.getByRole('button', { name: /^Variational autoencoder/ }).click()
  await setTheme(window, 'Light')
})
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true })
})

const card = (name: string) => window.getByRole('region', { name, exact: true })
const picture = (name: string | RegExp) => window.getByRole('img', { name })

/** What a drawn sheet shows, as far as a hash of its pixels tells. */
function shown(name: string | RegExp): Promise<string> {
  return picture(name).evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas')
    return element.toDataURL()
  })
}

it('offers the image as what is predicted, and trains to reconstruct it', async () => {
  await window.getByRole('tab', { name: 'Data' }).click()
  const predict = window.getByRole('combobox', { name: 'Predict' })
  await predict.waitFor()
  expect(await predict.textContent()).toContain('image (reconstruct it)')
  await launched.screenshot('generative-data')
  await window.getByRole('tab', { name: 'Training' }).click()
  const settings = window.getByRole('form', { name: 'Training settings' })
  await settings.getByLabel('Epochs', { exact: true }).fill('3')
  await window.keyboard.press('Control+Enter')
  const run = window.getByRole('complementary', { name: 'Run' })
  await run.getByText('Finished', { exact: true }).waitFor({ timeout: 120_000 })
  expect(await run.textContent()).toMatch(/Reconstruction loss.*KL loss/)
  await launched.screenshot('generative-trained')
})

it('shows what the run draws, and draws again', async () => {
  await window.getByRole('tab', { name: 'Runs' }).click()
  await window.getByRole('button', { name: 'Make the lower panel larger' }).click()
  await picture('60 samples of seed 1').waitFor({ timeout: 30_000 })
  const first = await shown('60 samples of seed 1')
  await card('Samples').scrollIntoViewIfNeeded()
  await launched.screenshot('generative-samples')
  await card('Samples').getByRole('button', { name: 'Draw again' }).click()
  await window.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  expect(await shown('60 samples of seed 2')).not.toBe(first)
  await card('Samples').getByRole('radio', { name: 'Grid' }).click()
  await picture('Grid of 15 × 15 samples').waitFor()
  await window.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await card('Samples').scrollIntoViewIfNeeded()
  await launched.screenshot('generative-grid')
})

it('saves them, and reconstructs images of the test data', async () => {
  const file = path.join(folder, 'grid.png')
  await answerSaveDialog(launched.app, file)
  await card('Samples').getByRole('button', { name: 'Save as PNG…' }).click()
  await window.getByText('Pictures saved', { exact: true }).waitFor({ timeout: 30_000 })
  const bytes = await readFile(file)
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  await picture('12 images and their reconstructions').waitFor({ timeout: 30_000 })
  await card('Reconstructions').scrollIntoViewIfNeeded()
  await launched.screenshot('generative-reconstructions')
  await setTheme(window, 'Dark')
  await card('Reconstructions').scrollIntoViewIfNeeded()
  await launched.screenshot('generative-reconstructions-dark')
  expect(launched.consoleErrors).toEqual([])
})

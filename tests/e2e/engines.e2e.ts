import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithTensorflow } from '../support/tensorflow.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme, setWindowSize } from './support/window.ts'

let launched: LaunchedApp
let window: Page

describeWithTensorflow('engines in the window', () => {
  beforeAll(async () => {
    launched = await launchApp()
    window = launched.window
    await setWindowSize(launched.app, 1440, 900)
    await window.getByText('Iris classifier').click()
    await setTheme(window, 'Light')
  })
  afterAll(() => launched?.close())

  it('are listed from the training panel, with device and state', async () => {
    await window.getByRole('tab', { name: 'Training' }).click()
    await window.getByRole('button', { name: 'Engines…' }).click()
    const dialog = window.getByRole('dialog', { name: 'Engines' })
    const row = dialog.getByRole('listitem').filter({ hasText: 'TensorFlow’s own kernels' })
    await row.getByText('Available', { exact: true }).waitFor()
    expect(await row.textContent()).toMatch(/threads?|NVIDIA/)
    await row.getByRole('button', { name: 'Remove' }).waitFor()
    await launched.screenshot('engines')
    await dialog.getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'detached' })
  })

  it('train: TensorFlow in a utility process', async () => {
    await window.getByRole('combobox', { name: 'Train on', exact: true }).focus()
    await window.keyboard.press('Enter')
    await window.getByRole('option', { name: 'TensorFlow', exact: true }).click()
    await window.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click()
    const run = window.getByRole('complementary', { name: 'Run' })
    await run.getByText('Finished').waitFor({ timeout: 90_000 })
    const text = (await run.textContent()) ?? ''
    expect(text).toContain('tensorflow')
    expect(text).toMatch(/\(TensorFlow\) [\d.]+ ms per step \(used\)/)
    await launched.screenshot('engines-trained')
    expect(launched.consoleErrors).toEqual([])
  })
})

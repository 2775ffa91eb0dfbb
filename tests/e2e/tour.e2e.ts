import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme } from './support/window.ts'

let launched: LaunchedApp
let window: Page
let canvas: CanvasPage

beforeAll(async () => {
  launched = await launchApp()
  window = launched.window
  canvas = new CanvasPage(window)
  // A key that is pressed while a stop glides to the next means nothing.
  await window.emulateMedia({ reducedMotion: 'reduce' })
})
afterAll(() => launched?.close())

const offer = () => window.getByRole('region', { name: 'Tour' })
const stop = (name: string) => window.getByRole('dialog', { name })
const titles = [
  'Layers to build with',
  'Your network',
  'What a layer is, and what it does',
  'Problems that explain themselves',
  'Data',
  'Train on this machine',
  'Take it with you',
]

async function command(words: string): Promise<void> {
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox', { name: 'Commands' }).fill(words)
  await window.getByRole('combobox', { name: 'Commands' }).press('Enter')
}

describe('the tour', () => {
  it('is offered on the first start, and goes through the workbench by keyboard', async () => {
    await offer().waitFor()
    await launched.screenshot('tour-1-offer')
    await window.getByRole('button', { name: 'Take the tour' }).click()
    for (const [index, title] of titles.entries()) {
      await stop(title).waitFor()
      expect(await stop(title).textContent()).toContain(`${index + 1} of ${titles.length}`)
      if (index === 1 || index === 5) await launched.screenshot(`tour-2-stop-${index + 1}`)
      await window.keyboard.press('ArrowRight')
    }
    await window.locator('.driver-popover').waitFor({ state: 'detached' })
    // The keys meant the tour: what was selected on the way did not move.
    expect(await canvas.ids('node')).toHaveLength(4)
    expect(
      await window.getByRole('button', { name: 'Undo', exact: true }).getAttribute('aria-disabled'),
    ).toBe('true')
  })

  it('is not offered again, but can be taken again and left at any stop', async () => {
    await setTheme(window, 'Dark')
    await command('tour')
    await stop('Layers to build with').waitFor()
    await window.getByRole('button', { name: 'Next', exact: true }).click()
    await stop('Your network').waitFor()
    await window.getByRole('button', { name: 'Back', exact: true }).click()
    await stop('Layers to build with').waitFor()
    await launched.screenshot('tour-3-dark')
    await window.keyboard.press('Escape')
    await window.locator('.driver-popover').waitFor({ state: 'detached' })
    await window.getByRole('button', { name: 'Start page' }).click()
    await window.getByRole('button', { name: 'New empty model' }).waitFor()
    expect(await offer().count()).toBe(0)
    expect(launched.consoleErrors).toEqual([])
  })

  it('is skipped with one button, for good', async () => {
    const another = await launchApp()
    try {
      await another.window.getByRole('button', { name: 'Not now' }).click()
      await another.window.getByRole('region', { name: 'Tour' }).waitFor({ state: 'detached' })
      await another.window.reload()
      await another.window.getByRole('button', { name: 'New empty model' }).waitFor()
      expect(await another.window.getByRole('region', { name: 'Tour' }).count()).toBe(0)
    } finally {
      await another.close()
    }
  })
})

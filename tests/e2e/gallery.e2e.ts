import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setWindowSize } from './support/window.ts'

const shipped = readdirSync('resources/templates').length

let launched: LaunchedApp
let window: Page

beforeAll(async () => {
  launched = await launchApp()
  window = launched.window
  await setWindowSize(launched.app, 1280, 900)
})
afterAll(() => launched?.close())

const search = () => window.getByRole('searchbox', { name: 'Search templates' })
const focused = () => window.evaluate(() => document.activeElement?.textContent ?? '')

async function zoom(factor: number): Promise<void> {
  await launched.app.evaluate(({ BrowserWindow }, value) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(value)
  }, factor)
}

/** Playwright's own screenshots show a part of a window that is zoomed. */
async function screenshotOfAll(name: string): Promise<void> {
  // What was asked for last is painted by the frame after the next, once colours have faded over.
  await window.evaluate(async () => {
    const frames = () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))
    await frames()
    await Promise.all(document.getAnimations().map(({ finished }) => finished))
    await frames()
  })
  const png = await launched.app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
    return image?.toPNG().toString('base64') ?? ''
  })
  const file = await launched.screenshot(name)
  await writeFile(file, Buffer.from(png, 'base64'))
}

/** What does not fit into the width of the window, in pixels. */
function overhang(): Promise<number> {
  return window.getByRole('main', { name: 'Start' }).evaluate((page) => page.scrollWidth - page.clientWidth)
}

async function theme(name: 'light' | 'dark'): Promise<void> {
  await window.emulateMedia({ colorScheme: name })
}

it('shows every template in its category, with what data it needs and how hard it is', async () => {
  await window.getByRole('list', { name: 'Getting started' }).waitFor()
  expect(await window.locator('.template-card').count()).toBe(shipped)
  const card = window.getByRole('button', { name: /^LeNet-5/ })
  expect(await card.textContent()).toMatch(/Data: Handwritten digits \(MNIST\).*Easy/)
  await theme('light')
  await launched.screenshot('gallery')
  await theme('dark')
  await launched.screenshot('gallery-dark')
  await zoom(1.5)
  await expect.poll(() => window.evaluate(() => innerWidth)).toBeLessThan(900)
  expect(await overhang()).toBe(0)
  await screenshotOfAll('gallery-dark-150')
  await theme('light')
  await screenshotOfAll('gallery-150')
  await zoom(1)
})

it('narrows down by category', async () => {
  await window.getByRole('button', { name: /^Generative \d/ }).click()
  expect(await window.locator('.template-card').count()).toBe(4)
  await window.getByRole('button', { name: /^All \d/ }).click()
})

it('says what to do where a search finds nothing', async () => {
  await search().fill('quantum')
  await window.getByText('No template has “quantum”').waitFor()
  await launched.screenshot('gallery-nothing')
  await window.getByRole('button', { name: 'Show all templates' }).click()
  expect(await search().inputValue()).toBe('')
  expect(await window.locator('.template-card').count()).toBe(shipped)
})

it('is gone through by arrow keys, and opens what was searched for by Enter', async () => {
  await search().focus()
  await window.keyboard.press('ArrowDown')
  const first = await focused()
  await window.keyboard.press('ArrowRight')
  expect(await focused()).not.toBe(first)
  await window.keyboard.press('ArrowLeft')
  expect(await focused()).toBe(first)
  await window.keyboard.press('ArrowDown')
  expect(await focused()).not.toBe(first)
  await window.keyboard.press('End')
  expect(await focused()).toMatch(/^Digits from noise/)

  await search().fill('digits cheques')
  await expect.poll(() => window.locator('.template-card').count()).toBe(1)
  await window.keyboard.press('ArrowDown')
  expect(await focused()).toMatch(/^LeNet-5/)
  await launched.screenshot('gallery-found')
  await window.keyboard.press('Enter')
  await new CanvasPage(window).area.waitFor()
  expect(await window.getByRole('textbox', { name: 'Project name' }).inputValue()).toBe('LeNet-5')
})

it('shows recent projects with pictures of their drawings', async () => {
  await window.getByRole('button', { name: 'Start page' }).click()
  const recent = window.getByRole('region', { name: 'Recent projects' })
  await recent.getByRole('button', { name: /^LeNet-5/ }).waitFor()
  await expect.poll(() => recent.locator('svg.sketch rect').count()).toBe(10)
  await launched.screenshot('gallery-recent')
  await theme('dark')
  await launched.screenshot('gallery-recent-dark')
  expect(launched.consoleErrors).toEqual([])
})

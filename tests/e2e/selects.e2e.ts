import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setWindowSize } from './support/window.ts'

let launched: LaunchedApp
let window: Page

beforeAll(async () => {
  launched = await launchApp()
  window = launched.window
  await setWindowSize(launched.app, 1280, 800)
  await window.getByRole('button', { name: 'New empty model' }).click()
  await new CanvasPage(window).dropLayer('Dense', { x: 260, y: 120 })
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox').fill('简体中文')
  await window.keyboard.press('Enter')
  await window.getByRole('main', { name: '画布' }).waitFor()
  await new CanvasPage(window).layer('dense_1').click({ position: { x: 40, y: 20 } })
})
afterAll(() => launched?.close())

const inspector = () => window.getByRole('complementary', { name: '检查器' })
const initializer = () =>
  inspector()
    .getByRole('combobox', { name: /初始化/ })
    .first()

describe('a choice that is longer than its field', () => {
  it('ends in an ellipsis while closed, and the tooltip says all of it', async () => {
    for (const section of await inspector().locator('details:not([open]) > summary').all())
      await section.click()
    await initializer().scrollIntoViewIfNeeded()
    await initializer().hover()
    const text = await initializer()
      .locator(':scope > :first-child')
      .evaluate((element) => ({
        isCut: element.scrollWidth > element.clientWidth,
        overflow: getComputedStyle(element).textOverflow,
        isInside:
          element.getBoundingClientRect().right <=
          (element.parentElement?.getBoundingClientRect().right ?? 0),
      }))
    expect(text).toEqual({ isCut: true, overflow: 'ellipsis', isInside: true })
    expect(await initializer().getAttribute('title')).toBe('glorotUniform（Glorot 均匀分布）')
    await launched.screenshot('selects-closed')
  })

  it('is shown in full in the open list', async () => {
    await initializer().click()
    const list = window.getByRole('listbox')
    await list.waitFor()
    await launched.screenshot('selects-open')
    const options = await list.getByRole('option').evaluateAll((elements) =>
      elements.map((element) => ({
        text: element.textContent,
        isCut:
          element.scrollWidth > element.clientWidth || element.getBoundingClientRect().right > innerWidth,
        // The last part is the text, after the check mark of the one that is chosen.
        lines: new Set([...(element.lastElementChild?.getClientRects() ?? [])].map(({ top }) => top)).size,
      })),
    )
    expect(options.length).toBeGreaterThan(5)
    expect(options.filter(({ isCut, lines }) => isCut || lines > 1)).toEqual([])
    const isScrolledSideways = await list.evaluate((element) => element.scrollWidth > element.clientWidth)
    expect(isScrolledSideways).toBe(false)
    await window.keyboard.press('Escape')
  })
})

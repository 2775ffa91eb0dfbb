import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessibleInBothThemes } from './support/accessibility.ts'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setWindowSize } from './support/window.ts'

let launched: LaunchedApp
let window: Page

const tab = (name: string) => window.getByRole('tab', { name, exact: true })

const bothThemes = () => expectAccessibleInBothThemes(window)

beforeAll(async () => {
  launched = await launchApp()
  window = launched.window
  await setWindowSize(launched.app, 1440, 900)
})
afterAll(() => launched?.close())

describe('axe finds nothing wrong with', () => {
  it('the start page', bothThemes)

  it('a drawing, its palette and its inspector', async () => {
    await window.getByRole('button', { name: /^LeNet-5/ }).click()
    const canvas = new CanvasPage(window)
    await canvas.area.waitFor()
    await bothThemes()
    await canvas.layer('conv_1').click()
    await bothThemes()
  })

  it('problems', async () => {
    await window.keyboard.press('Delete')
    await window.getByRole('tab', { name: /^Problems/ }).click()
    await bothThemes()
    await window.keyboard.press('Control+z')
  })

  it.each(['Training', 'Runs', 'Data', 'Mermaid'])('the panel %s', async (name) => {
    await tab(name).click()
    await bothThemes()
  })

  it('the command palette', async () => {
    await window.keyboard.press('Control+k')
    await window.getByRole('dialog').waitFor()
    await bothThemes()
    await window.keyboard.press('Escape')
  })

  it('a menu', async () => {
    await window.getByRole('button', { name: 'File', exact: true }).click()
    await window.getByRole('menu').waitFor()
    await bothThemes()
    await window.keyboard.press('Escape')
  })
})

it('moves nothing by itself for people who asked for that', async () => {
  await window.emulateMedia({ reducedMotion: 'reduce' })
  const moving = await window.evaluate(() =>
    [...document.querySelectorAll('*')]
      .flatMap((element) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(element)
        const longest = Math.max(...transitionDuration.split(',').map(Number.parseFloat))
        const isAnimated = animationName !== 'none' && Number.parseFloat(animationDuration) > 0.01
        return longest > 0.01 || isAnimated ? [`${element.tagName}.${element.className}`] : []
      })
      .slice(0, 10),
  )
  expect(moving).toEqual([])
})

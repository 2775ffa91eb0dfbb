import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { largeDocument } from '../../bench/canvas/drawing.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import { CanvasPage } from './support/canvas.ts'
import { answerOpenDialog } from './support/dialogs.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme } from './support/window.ts'

let launched: LaunchedApp
let window: Page
let canvas: CanvasPage
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-arranging-'))
  launched = await launchApp()
  window = launched.window
  canvas = new CanvasPage(window)
})
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(document: ModelDocument): Promise<void> {
  const file = path.join(folder, `${document.name}.loom.json`)
  await writeFile(file, serialiseDocument(document))
  await answerOpenDialog(launched.app, file)
  await window.keyboard.press('Control+o')
  await expect
    .poll(() => window.getByLabel('Project name').inputValue(), { timeout: 30_000 })
    .toBe(document.name)
}

async function command(words: string): Promise<void> {
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox', { name: 'Commands' }).fill(words)
  await window.getByRole('combobox', { name: 'Commands' }).press('Enter')
}

const undoName = () =>
  launched.app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? [])
    return items?.find(({ id }) => id === 'undo')?.label
  })

describe('arranging a drawing', () => {
  it('1. from left to right turns ports and wires, in one step of undo', async () => {
    await open(largeDocument(7))
    await canvas.layer('input').waitFor()
    await command('tidy left right')
    await expect.poll(undoName).toBe('Undo: Tidy from left to right')
    const [input, output] = [await canvas.placeOf('input'), await canvas.placeOf('output')]
    expect(output.x).toBeGreaterThan(input.x + 208)
    const port = await canvas.layer('input').locator('.react-flow__handle.source').boundingBox()
    const card = await canvas.layer('input').boundingBox()
    if (!port || !card) throw new Error('not on screen')
    expect(port.x + port.width / 2).toBeGreaterThan(card.x + card.width - 4)
    await launched.screenshot('arranging-1-right')
    await setTheme(window, 'Dark')
    await launched.screenshot('arranging-2-right-dark')
    await setTheme(window, 'Light')
    await window.keyboard.press('Control+z')
    expect((await canvas.placeOf('output')).y).toBeGreaterThan((await canvas.placeOf('input')).y)
  })

  it('2. a pinned layer says so on its card and stays where it is', async () => {
    await command('zoom to fit')
    await canvas.layer('dense_3').click()
    await canvas.layer('dense_3').press('p')
    await canvas.layer('dense_3').getByRole('img', { name: 'pinned' }).waitFor()
    const before = await canvas.placeOf('dense_3')
    const output = await canvas.placeOf('output')
    await command('tidy left right')
    await expect.poll(() => canvas.placeOf('output')).not.toEqual(output)
    expect(await canvas.placeOf('dense_3')).toEqual(before)
    await launched.screenshot('arranging-3-pinned')
    await window.keyboard.press('Control+z')
    expect(await undoName()).toBe('Undo: Pin dense_3')
  })

  it('3. of 1,000 layers leaves the window free meanwhile, and Escape stops it', async () => {
    await open(largeDocument(1000))
    await canvas.layer('dense_0').waitFor()
    await canvas.area.click({ position: { x: 5, y: 5 } })
    const note = canvas.area.getByText('Arranging 1,000 layers…')
    await window.keyboard.press('Control+Shift+l')
    await note.waitFor()
    await launched.screenshot('arranging-4-at-work')
    await window.keyboard.press('Escape')
    await note.waitFor({ state: 'detached' })
    expect(await undoName()).toBe('Undo')

    // What the window does between the request and the answer: its frames come, none waits for the arrangement.
    const frames = await window.evaluate(async () => {
      const gaps: number[] = []
      let last = performance.now()
      const isAtWork = () => document.querySelector('.canvas-note') !== null
      document.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'L', ctrlKey: true, shiftKey: true, bubbles: true }),
      )
      let seen = false
      for (let frame = 0; frame < 5000 && (!seen || isAtWork()); frame++) {
        const now = await new Promise<number>(requestAnimationFrame)
        if (seen) gaps.push(now - last)
        last = now
        seen ||= isAtWork()
      }
      return { count: gaps.length, longest: Math.max(...gaps.slice(0, -1)) }
    })
    console.log(`frames while arranging: ${JSON.stringify(frames)}`)
    expect(frames.count).toBeGreaterThan(10)
    await expect.poll(undoName).toBe('Undo: Tidy')
  })

  it('4. nothing of it made the window complain', () => {
    expect(launched.consoleErrors).toEqual([])
  })
})

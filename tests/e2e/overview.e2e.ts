import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { largeDocument } from '../../bench/canvas/drawing.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import { gridSize } from '../../src-renderer/canvas/geometry.ts'
import { CanvasPage } from './support/canvas.ts'
import { answerOpenDialog } from './support/dialogs.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme } from './support/window.ts'

const drawing = largeDocument(300)

let launched: LaunchedApp
let window: Page
let canvas: CanvasPage
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-overview-'))
  const file = path.join(folder, 'large.loom.json')
  await writeFile(file, serialiseDocument(drawing))
  launched = await launchApp()
  window = launched.window
  canvas = new CanvasPage(window)
  await answerOpenDialog(launched.app, file)
  await window.keyboard.press('Control+o')
  await canvas.layer('dense_0').waitFor()
})
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true })
})

const map = () => window.getByRole('img', { name: 'Map of the drawing' })
const transform = () =>
  window.locator('.react-flow__viewport').evaluate((element) => (element as HTMLElement).style.transform)
/** How many wires are drawn by React Flow, and how many in the paths seen from far. */
const wires = async () => ({
  single: await window.locator('.react-flow__edge').count(),
  far: await window.locator('.far-wires path').evaluateAll(
    (paths) =>
      paths
        .map((one) => one.getAttribute('d') ?? '')
        .join(' ')
        .match(/M/g)?.length ?? 0,
  ),
})

/** The curves of all wires seen from far, in order. */
const wirePlaces = async () =>
  (
    await window
      .locator('.far-wires path')
      .evaluateAll((paths) => paths.map((one) => one.getAttribute('d') ?? ''))
  )
    .join(' ')
    .split('M')
    .sort()

/** How far the numbers of curves are from each other at most. */
function largestDistance(some: readonly string[], others: readonly string[]): number {
  const numbers = (curves: readonly string[]) =>
    curves
      .join(' ')
      .match(/-?[\d.]+/g)
      ?.map(Number) ?? []
  const [left, right] = [numbers(some), numbers(others)]
  expect(left.length).toBe(right.length)
  return Math.max(...left.map((value, index) => Math.abs(value - (right[index] ?? Number.NaN))))
}

describe('a drawing of 300 layers', () => {
  it('seen as a whole shows every wire, the selected ones too, in a few paths', async () => {
    await window.getByRole('button', { name: 'Zoom to fit' }).click()
    await expect.poll(wires).toEqual({ single: 0, far: drawing.connections.length })
    await canvas.area.focus()
    await window.keyboard.press('Control+a')
    await expect.poll(() => window.locator('.react-flow__node.selected').count()).toBe(drawing.layers.length)
    expect(await wires()).toEqual({ single: 0, far: drawing.connections.length })
    await setTheme(window, 'Dark')
    await launched.screenshot('overview-dark')
    await setTheme(window, 'Light')
    await launched.screenshot('overview')
  })

  it('loses the wires of a layer that is deleted there, and gets them back', async () => {
    await window.keyboard.press('Escape')
    await canvas.layer('dense_100').click()
    await window.keyboard.press('Delete')
    const left = async () => Object.values(await wires()).reduce((sum, count) => sum + count, 0)
    await expect.poll(left).toBeLessThan(drawing.connections.length)
    await window.keyboard.press('Control+z')
    await expect.poll(left).toBe(drawing.connections.length)
  })

  it('moves as a whole with its wires, in one step that is taken back as one', async () => {
    await canvas.area.focus()
    await window.keyboard.press('Control+a')
    const middleOf = async (id: string) => {
      const box = await canvas.layer(id).boundingBox()
      if (!box) throw new Error(`${id} is not on screen`)
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    }
    const ids = ['dense_0', 'dense_100', 'output']
    const places = async () => Promise.all(ids.map(middleOf))
    const before = await places()
    const wiresBefore = await wirePlaces()
    const [held] = before
    if (!held) throw new Error('there is no layer to hold')
    await window.mouse.move(held.x, held.y)
    await window.mouse.down()
    await window.mouse.move(held.x + 90, held.y + 40, { steps: 12 })
    /** How far each has moved. */
    const moves = async () =>
      (await places()).map(({ x, y }, index) => ({
        x: Math.round(x - (before[index]?.x ?? 0)),
        y: Math.round(y - (before[index]?.y ?? 0)),
      }))
    // On the way everything follows, before it is an edit. The pointer may go a little before anything moves.
    const onTheWay = await moves()
    expect(onTheWay[0]?.x).toBeGreaterThan(70)
    expect(onTheWay).toEqual(ids.map(() => onTheWay[0]))
    await expect.poll(wires).toEqual({ single: 0, far: drawing.connections.length })
    const wiresOnTheWay = await wirePlaces()
    expect(wiresOnTheWay).not.toEqual(wiresBefore)
    await window.mouse.up()
    expect(await moves()).toEqual(onTheWay)
    // Wires that are led past something find their way anew, to the next point of the grid.
    expect(largestDistance(await wirePlaces(), wiresOnTheWay)).toBeLessThanOrEqual(gridSize)
    await window.keyboard.press('Control+z')
    await expect.poll(wirePlaces).toEqual(wiresBefore)
    expect(await moves()).toEqual(ids.map(() => ({ x: 0, y: 0 })))
    await window.keyboard.press('Escape')
  })

  it('is painted on the map, which moves and zooms the view', async () => {
    const colours = await map().evaluate((element) => {
      const context = (element as HTMLCanvasElement).getContext('2d')
      const { width, height } = element as HTMLCanvasElement
      const data = context?.getImageData(0, 0, width, height).data ?? []
      const seen = new Set<string>()
      for (let at = 0; at < data.length; at += 4) seen.add([...data.slice(at, at + 4)].join())
      return seen.size
    })
    expect(colours).toBeGreaterThan(3)
    const before = await transform()
    await map().hover()
    await window.mouse.wheel(0, -400)
    await expect.poll(transform).not.toBe(before)
    await window.getByRole('button', { name: 'Zoom in' }).click()
    await window.getByRole('button', { name: 'Zoom in' }).click()
    await window.getByRole('button', { name: 'Zoom in' }).click()
    const box = await map().boundingBox()
    if (!box) throw new Error('the map is not on screen')
    // The last rows are at the lower edge of the map.
    await window.mouse.move(box.x + box.width / 2, box.y + box.height - 12)
    await window.mouse.down()
    await window.mouse.up()
    await expect.poll(() => isOnScreen('output')).toBe(true)
    await window.mouse.move(box.x + box.width / 2, box.y + box.height - 12)
    await window.mouse.down()
    await window.mouse.move(box.x + box.width / 2, box.y + 12, { steps: 5 })
    await window.mouse.up()
    await expect.poll(() => isOnScreen('input')).toBe(true)
  })
})

describe('a drawing of 60 layers, near enough for wires of their own', () => {
  it('has them as paths while all of it is dragged, and back when it is let go', async () => {
    const small = { ...largeDocument(60), name: 'Sixty' }
    const file = path.join(folder, 'sixty.loom.json')
    await writeFile(file, serialiseDocument(small))
    await answerOpenDialog(launched.app, file)
    await window.keyboard.press('Control+o')
    await window.getByRole('tab', { name: /Sixty/ }).waitFor()
    // The view is there at once.
    await window.emulateMedia({ reducedMotion: 'reduce' })
    const asOpened = await transform()
    await window.getByRole('button', { name: 'Zoom to fit' }).click()
    await expect.poll(transform).not.toBe(asOpened)
    const count = small.connections.length
    await expect.poll(wires).toEqual({ single: count, far: 0 })
    await canvas.area.focus()
    await window.keyboard.press('Control+a')
    await expect.poll(() => window.locator('.react-flow__node.selected').count()).toBe(small.layers.length)
    const place = async () =>
      (await canvas.layer('dense_0').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const before = await place()
    const [x, y] = [before.x + before.width / 2, before.y + before.height / 2]
    await window.mouse.move(x, y)
    await window.mouse.down()
    await window.mouse.move(x + 80, y + 30, { steps: 10 })
    await expect.poll(wires).toEqual({ single: 0, far: count })
    const onTheWay = await place()
    expect(onTheWay.x - before.x).toBeGreaterThan(50)
    await window.mouse.up()
    await expect.poll(wires).toEqual({ single: count, far: 0 })
    expect(await place()).toEqual(onTheWay)
    await window.keyboard.press('Control+z')
    await expect.poll(place).toEqual(before)
    expect(launched.consoleErrors).toEqual([])
  })
})

async function isOnScreen(id: string): Promise<boolean> {
  const [layer, area] = await Promise.all([
    canvas
      .layer(id)
      .boundingBox({ timeout: 1000 })
      .catch(() => null),
    canvas.area.boundingBox(),
  ])
  if (!layer || !area) return false
  const [x, y] = [layer.x + layer.width / 2, layer.y + layer.height / 2]
  return x > area.x && x < area.x + area.width && y > area.y && y < area.y + area.height
}

import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Page } from 'playwright'
import { build } from 'vite'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { type LaunchedApp, launchApp } from '../../tests/e2e/support/launch-app.ts'
import { setWindowSize } from '../../tests/e2e/support/window.ts'
import { largeDocument } from './drawing.ts'
import { PageBench } from './page-bench.ts'
import type { FrameFigures } from './trace.ts'

export const gestures = ['open', 'pan', 'zoom', 'drag one', 'drag many', 'type', 'undo'] as const
export type Gesture = (typeof gestures)[number]

/** What was measured of one drawing on one page. */
export interface DrawingFigures {
  readonly layers: number
  readonly figures: Readonly<Partial<Record<Gesture, FrameFigures>>>
  /** Nodes that were dragged together. */
  readonly selected: number
  /** Bytes held by scripts: before the drawing was opened, while it was, and after. */
  readonly heap: { readonly before: number; readonly open: number; readonly closed: number }
}

const [windowWidth, windowHeight] = [1280, 800]

/** A page under measurement: how a drawing gets on it, and off again. */
interface Subject {
  readonly launched: LaunchedApp
  /** It has an inspector and an undo. */
  readonly isDesigner: boolean
  prepare(document: ModelDocument): Promise<void>
  open(document: ModelDocument): Promise<void>
  fit(): Promise<void>
  closeDrawing(): Promise<void>
}

/** Every drawing in the designer. */
export function measureDesigner(counts: readonly number[], say: (line: string) => void) {
  return measure(openDesigner, 'LayerLoom', counts, say)
}

/** The same drawings in React Flow with plain nodes. */
export function measureBare(counts: readonly number[], say: (line: string) => void) {
  return measure(openBare, 'bare React Flow', counts, say)
}

async function measure(
  start: () => Promise<Subject & { stop(): Promise<void> }>,
  name: string,
  counts: readonly number[],
  say: (line: string) => void,
): Promise<DrawingFigures[]> {
  const results: DrawingFigures[] = []
  for (const count of counts) {
    // A fresh window each time: what a larger drawing left behind shall not count against the next.
    const subject = await start()
    try {
      await setWindowSize(subject.launched.app, windowWidth, windowHeight)
      say(`${name}, ${count} layers`)
      results.push(await measureDrawing(subject, largeDocument(count)))
    } finally {
      await subject.stop()
    }
  }
  return results
}

async function measureDrawing(subject: Subject, document: ModelDocument): Promise<DrawingFigures> {
  const bench = new PageBench(subject.launched)
  await subject.prepare(document)
  const before = await bench.heap()
  const open = await bench.measure('open', async () => {
    await subject.open(document)
    await bench.atRest()
  })
  const heapOpen = await bench.heap()
  await subject.fit()
  await bench.atRest()
  const pan = await bench.measure('pan', () => bench.pan())
  const zoom = await bench.measure('zoom', () => bench.zoom())
  await subject.fit()
  await bench.atRest()
  const { first, last, one } = corners(document)
  const dragOne = await bench.measure('drag one', () => bench.drag(one))
  const selected = await bench.select(first, last)
  const dragMany = await bench.measure('drag many', () => bench.drag(first))
  // Dragging near an edge moves the view.
  await subject.fit()
  await bench.atRest()
  const edits = subject.isDesigner ? await typeAndUndo(subject.launched.window, bench, one) : {}
  await subject.closeDrawing()
  const closed = await bench.heap()
  return {
    layers: document.layers.length,
    figures: { open, pan, zoom, 'drag one': dragOne, 'drag many': dragMany, ...edits },
    selected,
    heap: { before, open: heapOpen, closed },
  }
}

/** A block of about a hundred layers at the upper left, and one layer elsewhere. */
function corners({ layers }: ModelDocument) {
  const dense = layers.filter(({ kind }) => kind === 'dense')
  const columns = new Set(dense.map(({ position }) => position.x)).size
  const across = Math.min(columns, 10)
  const down = Math.min(Math.ceil(100 / across), Math.floor(dense.length / columns))
  const at = (row: number, column: number) => `dense_${row * columns + column}`
  return { first: at(0, 0), last: at(down - 1, across - 1), one: at(2, Math.floor(columns / 2)) }
}

function clickBeside(window: Page): Promise<void> {
  return window.locator('.react-flow__pane').click({ position: { x: 4, y: 4 } })
}

/** Ten changes of a parameter in the inspector, and ten undos. */
async function typeAndUndo(window: Page, bench: PageBench, layer: string) {
  const steps = 10
  // The box around what was dragged lies over its layers.
  await clickBeside(window)
  await window.locator(`.react-flow__node[data-id="${layer}"]`).focus()
  await window.keyboard.press('Enter')
  const units = window.getByRole('spinbutton', { name: 'Units', exact: true })
  await units.click()
  const type = await bench.measure('type', async () => {
    for (let step = 0; step < steps; step++) {
      // Not through the locator: looking for it by its role is work of the page's too.
      await window.keyboard.press('ControlOrMeta+a')
      await window.keyboard.type(String(17 + step))
      await window.keyboard.press('Enter')
    }
  })
  await clickBeside(window)
  const undo = await bench.measure('undo', async () => {
    for (let step = 0; step < steps; step++) await window.keyboard.press('ControlOrMeta+z')
  })
  return { type, undo }
}

async function openDesigner(): Promise<Subject & { stop(): Promise<void> }> {
  const launched = await launchApp()
  const { window } = launched
  const fileMenu = () => window.getByRole('button', { name: 'File', exact: true })
  const open = async (name: string) => {
    await fileMenu().click()
    await window.getByRole('menuitem', { name, exact: true }).click()
  }
  return {
    launched,
    isDesigner: true,
    prepare: async (document) => {
      // As text: Playwright's types follow a document all the way down.
      await window.evaluate(
        (text) =>
          Reflect.get(Reflect.get(globalThis, 'layerloom'), 'invoke')['projects.create']({
            document: JSON.parse(text),
          }),
        JSON.stringify(document),
      )
      await window.reload()
      await window.getByRole('button', { name: 'New empty model' }).click()
      await window.getByText('Draw your network here').waitFor({ timeout: 120_000 })
    },
    open: ({ name }) => open(name),
    fit: () => window.getByRole('button', { name: 'Zoom to fit' }).click(),
    closeDrawing: async () => {
      await window.keyboard.press('Control+w')
      await window.getByText('Draw your network here').waitFor({ timeout: 120_000 })
    },
    stop: () => launched.close(),
  }
}

async function openBare(): Promise<Subject & { stop(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'layerloom-bare-'))
  const source = fileURLToPath(new URL('bare/', import.meta.url))
  await build({
    root: source,
    base: './',
    logLevel: 'error',
    plugins: [react()],
    build: { outDir: path.join(folder, 'page'), emptyOutDir: true },
  })
  await mkdir(folder, { recursive: true })
  await copyFile(path.join(source, 'electron-main.mjs'), path.join(folder, 'main.mjs'))
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'bare', version: '1.0.0', main: 'main.mjs' }),
  )
  const launched = await launchApp({ appFolder: folder })
  const { window } = launched
  return {
    launched,
    isDesigner: false,
    prepare: () => window.waitForFunction(() => 'show' in globalThis).then(() => undefined),
    open: (document) =>
      window.evaluate((drawing) => Reflect.get(globalThis, 'show')(drawing), {
        nodes: document.layers.map(({ id, name, position }) => ({ id, label: name, ...position })),
        edges: document.connections.map(({ id, source: from, target }) => ({ id, source: from, target })),
      }),
    fit: () => window.locator('.react-flow__controls-fitview').click(),
    closeDrawing: () => window.evaluate(() => Reflect.get(globalThis, 'show')(null)),
    stop: async () => {
      await launched.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

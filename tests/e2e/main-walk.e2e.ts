import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { answerSaveDialog } from './support/dialogs.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { readByMermaid } from './support/read-mermaid.ts'
import { setTheme, setWindowSize } from './support/window.ts'

const layers = ['input_1', 'flatten_1', 'dense_1', 'dense_2', 'output_1'] as const
const wires = [
  ['input_1', 'flatten_1'],
  ['flatten_1', 'dense_1'],
  ['dense_1', 'dense_2'],
  ['dense_2', 'output_1'],
] as const

let folder: string
let launched: LaunchedApp
let window: Page
let canvas: CanvasPage

async function open(): Promise<void> {
  launched = await launchApp({ userData: folder })
  window = launched.window
  canvas = new CanvasPage(window)
  await setWindowSize(launched.app, 1440, 900)
}

/** A picture of the window as it is, and one in the dark theme. */
async function picture(name: string): Promise<void> {
  await launched.screenshot(name)
  await setTheme(window, 'Dark')
  await launched.screenshot(`${name}-dark`)
  await setTheme(window, 'Light')
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-walk-'))
  await open()
})
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const tab = (name: string) => window.getByRole('tab', { name })
const charts = () => window.getByRole('img', { name: /^(Loss|Accuracy): / })
const settings = () => window.getByRole('form', { name: 'Training settings' })

/** Clears a text field and types into it, key by key. */
async function type(label: string, text: string): Promise<void> {
  await window.getByLabel(label, { exact: true }).focus()
  await window.keyboard.press('Control+a')
  await window.keyboard.type(text)
}

/** Chooses from a list by its keys: opens it, types the first letters, confirms. */
async function choose(label: string, option: string): Promise<void> {
  await window.getByRole('combobox', { name: label, exact: true }).focus()
  await window.keyboard.press('Enter')
  await window.getByRole('option', { name: option, exact: true }).waitFor()
  await window.keyboard.type(option)
  // The list moves its focus a moment after each letter.
  const focused = () => window.evaluate(() => document.activeElement?.textContent)
  await expect.poll(focused).toBe(option)
  await window.keyboard.press('Enter')
}

async function accuracyOnScreen(): Promise<number> {
  const text = await window.getByRole('group', { name: 'Test data' }).textContent()
  const percent = /Accuracy\s*([\d.]+) %/.exec(text ?? '')?.[1]
  if (percent === undefined) throw new Error(`no accuracy in “${text}”`)
  return Number(percent) / 100
}

describe('the whole way, from an empty canvas to a diagram', () => {
  it('1. starts an empty model', async () => {
    await window.getByRole('heading', { name: 'LayerLoom' }).waitFor()
    await launched.screenshot('walk-1-start')
    await window.getByRole('button', { name: 'New empty model' }).click()
    await canvas.area.getByText('Draw your network here').waitFor()
    await setTheme(window, 'Light')
    await launched.screenshot('walk-2-empty')
  })

  it('2. drags five layers from the palette', async () => {
    const dropped = ['Input', 'Flatten', 'Dense', 'Dense', 'Output']
    for (const [index, label] of dropped.entries()) {
      await canvas.dropLayer(label, { x: 420, y: 62 + 91 * index })
    }
    expect(await canvas.ids('node')).toEqual([...layers].sort())
  })

  it('3. wires them with the mouse', async () => {
    for (const [source, target] of wires) await canvas.drawWire(source, target)
    expect(await canvas.ids('edge')).toEqual(wires.map(([source, target]) => `${source}-${target}`).sort())
  })

  it('4. sets their parameters with the keyboard', async () => {
    await canvas.layer('input_1').click()
    await type('Shape', '1, 28, 28')
    await canvas.layer('dense_1').click()
    await type('Units', '64')
    await choose('Activation', 'relu')
    await canvas.layer('dense_2').click()
    await type('Units', '10')
    await choose('Activation', 'softmax')
    // 784 · 64 + 64 and 64 · 10 + 10
    await canvas.layer('dense_1').getByTitle('50,240 parameters').waitFor()
    await canvas.layer('dense_2').getByTitle('650 parameters').waitFor()
    await window.keyboard.press('Escape')
    await window.getByRole('button', { name: 'Tidy' }).click()
    await picture('walk-3-drawn')
  })

  it('5. brings the handwritten digits and looks at them', async () => {
    await tab('Data').click()
    await window.getByRole('button', { name: /^mnist/ }).click()
    const samples = window.getByRole('list', { name: 'Samples' }).getByRole('img')
    await samples.first().waitFor()
    const brightness = await samples.first().evaluate((element) => {
      if (!(element instanceof HTMLCanvasElement)) return []
      const image = element.getContext('2d')?.getImageData(0, 0, element.width, element.height)
      return [...new Set(image?.data ?? [])]
    })
    // A digit, not an empty square.
    expect(brightness.length).toBeGreaterThan(20)
    const first = await samples.first().getAttribute('aria-label')
    await window.getByText('Rows 1–40 of 10,000').waitFor()
    await picture('walk-4-data')
    await window.getByRole('button', { name: 'Later rows' }).click()
    await window.getByText('Rows 41–80 of 10,000').waitFor()
    await expect.poll(() => samples.first().getAttribute('aria-label')).not.toBe(first)
    await window.getByText('in use').waitFor()
  })

  it('6. trains for one epoch and reads an accuracy above 85 % on data it has not seen', async () => {
    await tab('Training').click()
    await settings().getByLabel('Epochs', { exact: true }).focus()
    await window.keyboard.press('Control+a')
    await window.keyboard.type('1')
    await window.keyboard.press('Control+Enter')
    const run = window.getByRole('complementary', { name: 'Run' })
    await window.getByRole('img', { name: /^Loss: each step/ }).waitFor()
    await launched.screenshot('walk-5-training')
    await run.getByText('Finished').waitFor({ timeout: 90_000 })
    expect(await accuracyOnScreen()).toBeGreaterThan(0.85)
    expect(await run.textContent()).toContain('samples/s')
    expect(await run.textContent()).toMatch(/Epoch 1 of 1/)
    expect(await charts().count()).toBe(2)
    await picture('walk-6-trained')
    expect(launched.consoleErrors).toEqual([])
  })

  it('7. quits and comes back: project, run and curves are there', async () => {
    const accuracy = await accuracyOnScreen()
    await launched.close()
    await open()
    expect(await window.getByRole('textbox', { name: 'Project name' }).inputValue()).toBe('Untitled model')
    await canvas.layer('dense_2').waitFor()
    expect(await canvas.ids('edge')).toHaveLength(wires.length)
    await tab('Training').click()
    await expect.poll(accuracyOnScreen).toBe(accuracy)
    await tab('Runs').click()
    const row = window.getByRole('row', { name: /Finished/ })
    expect(await row.textContent()).toContain(`${(accuracy * 100).toFixed(2)} %`)
    expect(await row.textContent()).toContain('1 / 1')
    await charts().nth(1).waitFor()
    const described = await charts().first().getAttribute('aria-label')
    // 8,000 samples in batches of 32 make 250 steps, and every one of them has its loss.
    expect(described).toMatch(
      /^Loss: each step [\d.e-]+ at step 250; training [\d.]+ at step 250; validation/,
    )
    await picture('walk-7-reopened')
  })

  it('8. reads the diagram as Mermaid: every layer, every wire, with shapes', async () => {
    await tab('Mermaid').click()
    const source = await window.getByRole('region', { name: 'Mermaid source' }).textContent()
    const { vertices, edges } = await readByMermaid(source ?? '')
    expect(vertices.map(({ id }) => id).sort()).toEqual([...layers].sort())
    expect(edges.map(({ start, end }) => [start, end]).sort()).toEqual([...wires].sort())
    expect(edges.map(({ text }) => text).sort()).toEqual(['1 × 28 × 28', '10', '64', '784'])
    const diagram = window.getByRole('img', { name: 'Mermaid diagram of the model' })
    await diagram.locator('svg').waitFor()
    expect(await diagram.locator('.node').count()).toBe(layers.length)
    expect(await diagram.locator('.node').allTextContents()).toContainEqual(
      expect.stringContaining('softmax'),
    )
    await picture('walk-8-mermaid')
  })

  it('9. turns, copies and saves it', async () => {
    const shown = () => window.getByRole('region', { name: 'Mermaid source' }).textContent()
    await window.getByRole('radio', { name: 'Left to right' }).click()
    await expect.poll(shown).toMatch(/^flowchart LR/)
    const source = await shown()
    await window.getByRole('button', { name: 'Copy source' }).click()
    await window.getByText('Mermaid source copied', { exact: true }).waitFor()
    expect(await launched.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(source)
    const file = path.join(folder, 'diagram.mmd')
    await answerSaveDialog(launched.app, file)
    await window.getByRole('button', { name: 'Save diagram' }).click()
    await window.getByText('Diagram saved', { exact: true }).waitFor()
    expect(await readFile(file, 'utf8')).toBe(source)
    await launched.screenshot('walk-9-mermaid-saved')
  })

  it('10. did all that without an error in the console', () => {
    expect(launched.consoleErrors).toEqual([])
  })
})

// What docs/pictures.md shows, and how a person gets there.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { answerOpenDialog } from '../../tests/e2e/support/dialogs.ts'

/**
 * @typedef {import('../../tests/e2e/support/launch-app.ts').LaunchedApp} Launched
 * @typedef {import('playwright').Page} Page
 * @typedef {{ theme: 'light' | 'dark', percent: 100 | 150 }} Look
 * @typedef {object} Scene
 * @property {string} name
 * @property {string} title
 * @property {(launched: Launched) => Promise<void>} show
 * @property {(window: Page) => Promise<void>} [settle] after every change of the size
 */

/** @type {readonly Look[]} */
export const looks = [
  { theme: 'light', percent: 100 },
  { theme: 'dark', percent: 100 },
  { theme: 'light', percent: 150 },
  { theme: 'dark', percent: 150 },
]

/**
 * @param {string} name
 * @param {Look} look
 */
export function fileOf(name, { theme, percent }) {
  return `${name}-${theme}${percent === 100 ? '' : `-${percent}`}.png`
}

/**
 * @param {Page} window
 * @param {RegExp} title
 */
async function openTemplate(window, title) {
  await window.getByRole('button', { name: title }).first().click()
  await window.getByRole('main', { name: /^(Canvas|画布)$/ }).waitFor()
}

/** @param {Page} window */
async function fit(window) {
  await window.getByRole('button', { name: 'Zoom to fit', exact: true }).click()
  await window.waitForTimeout(400)
}

/**
 * @param {Page} window
 * @param {string} words
 */
async function command(window, words) {
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox', { name: 'Commands' }).fill(words)
  await window.getByRole('combobox', { name: 'Commands' }).press('Enter')
}

/**
 * @param {Page} window
 * @param {string} id
 */
const layer = (window, id) => window.locator(`.react-flow__node[data-id="${id}"]`)

/** @param {Page} window */
async function train(window) {
  await window.getByRole('button', { name: 'Train', exact: true }).click()
  await window.getByText('Finished').first().waitFor({ timeout: 400_000 })
}

/**
 * The drawing gets the height of the lower panel.
 * @param {Page} window
 */
async function hideLowerPanel(window) {
  await window.getByRole('button', { name: 'Hide the lower panel' }).click()
}

/** @type {readonly Scene[]} */
export const scenes = [
  {
    name: 'start',
    title: 'The start page: templates by category, recent projects, the tour',
    show: async ({ window }) => {
      await openTemplate(window, /^Iris classifier/)
      await window.getByRole('button', { name: 'Start page' }).click()
      await window.getByRole('list', { name: 'Getting started' }).waitFor()
    },
  },
  {
    name: 'training',
    title: 'A digit classifier, trained on MNIST',
    show: async ({ window }) => {
      await openTemplate(window, /^Handwritten digits/)
      await train(window)
      await layer(window, 'conv2d_1').click()
    },
    settle: fit,
  },
  {
    name: 'problems',
    title: 'A problem, with both shapes and what mends it',
    show: async ({ window }) => {
      await openTemplate(window, /^Handwritten digits/)
      await layer(window, 'flatten_1').click()
      await window.getByRole('main', { name: 'Canvas' }).press('Delete')
      await window.getByRole('tab', { name: /^Problems/ }).click()
    },
    settle: fit,
  },
  {
    name: 'block',
    title: 'The inside of a ready block, and what it exposes',
    show: async ({ window }) => {
      await openTemplate(window, /^Handwritten digits/)
      await layer(window, 'conv2d_2').click()
      await window.getByRole('button', { name: 'Residual', exact: true }).dblclick()
      await layer(window, 'residual_1').waitFor()
      await layer(window, 'residual_1').focus()
      await window.keyboard.press('o')
      await layer(window, 'conv1').click()
      await hideLowerPanel(window)
    },
    settle: fit,
  },
  {
    name: 'outline-and-notes',
    title: 'Outline, notes and frames',
    show: async (launched) => {
      const { window, userData } = launched
      await openTemplate(window, /^Handwritten digits/)
      const file = path.join(userData, 'notes.loom.json')
      writeFileSync(file, await withNotes(window))
      await answerOpenDialog(launched.app, file)
      await window.keyboard.press('Control+o')
      await window.getByText('Edges and strokes').first().waitFor()
      await window.getByRole('tab', { name: 'Outline' }).click()
      await hideLowerPanel(window)
      await layer(window, 'conv2d_1').click()
    },
    settle: fit,
  },
  {
    name: 'preview',
    title: 'What flows: a digit after each layer',
    show: async ({ window }) => {
      await openTemplate(window, /^Handwritten digits/)
      await train(window)
      await layer(window, 'conv2d_1').click()
      await window.getByRole('tab', { name: 'Preview' }).click()
      await hideLowerPanel(window)
      await window.waitForTimeout(3000)
    },
    settle: fit,
  },
  {
    name: 'compare',
    title: 'Two versions compared',
    show: async ({ window }) => {
      await openTemplate(window, /^LeNet/)
      await command(window, 'compare')
      await window.getByRole('dialog').getByText('Handwritten digits', { exact: true }).first().click()
      await window.waitForTimeout(1500)
    },
  },
  {
    name: 'mermaid',
    title: 'The drawing as a Mermaid diagram',
    show: async ({ window }) => {
      await openTemplate(window, /^LeNet/)
      await window.getByRole('tab', { name: 'Mermaid' }).click()
      await window.locator('.mermaid-panel svg, .mermaid-diagram svg').first().waitFor({ timeout: 30_000 })
    },
    settle: fit,
  },
  {
    name: 'chinese',
    title: 'The window in Simplified Chinese',
    show: async ({ window }) => {
      await openTemplate(window, /^Iris classifier/)
      await train(window)
      await command(window, 'language: 简体')
      await window.getByRole('main', { name: '画布' }).waitFor()
      await layer(window, 'dense_1').click()
    },
  },
]

/**
 * The open drawing with a note and two frames, as a document.
 * @param {Page} window
 */
async function withNotes(window) {
  const text = await window.evaluate(async () => {
    const invoke = Reflect.get(Reflect.get(globalThis, 'layerloom'), 'invoke')
    const { value } = await invoke['templates.list']({})
    return JSON.stringify(
      value.find((/** @type {{ id: string }} */ { id }) => id === 'handwritten-digits').document,
    )
  })
  const document = JSON.parse(text)
  /** @param {readonly string[]} ids */
  const around = (...ids) => {
    const places = document.layers.filter((/** @type {{ id: string }} */ { id }) => ids.includes(id))
    const ys = places.map((/** @type {{ position: { y: number } }} */ { position }) => position.y)
    const xs = places.map((/** @type {{ position: { x: number } }} */ { position }) => position.x)
    return {
      left: Math.min(...xs),
      right: Math.max(...xs) + 208,
      top: Math.min(...ys),
      bottom: Math.max(...ys) + 72,
    }
  }
  const first = around('conv2d_1', 'max_pooling2d_1')
  const notes = [
    {
      id: 'frame_1',
      kind: 'frame',
      text: 'Edges and strokes',
      position: { x: first.left - 24, y: first.top - 44 },
      size: { width: first.right - first.left + 48, height: first.bottom - first.top + 64 },
      colour: 'blue',
    },
    {
      id: 'note_1',
      kind: 'note',
      text: '**Two convolutions** are enough for digits.\n\n- try 16 filters in `conv2d_1`\n- dropout only at the end',
      position: { x: first.right + 96, y: first.top },
      size: { width: 260, height: 150 },
    },
  ]
  return JSON.stringify({ ...document, name: 'Digits with notes', canvas: { ...document.canvas, notes } })
}

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { answerOpenDialog, answerSaveDialog } from './support/dialogs.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setWindowSize } from './support/window.ts'

const template = fileURLToPath(
  new URL('../../resources/templates/iris-classifier.loom.json', import.meta.url),
)

let folder: string
let launched: LaunchedApp
let window: Page
let canvas: CanvasPage

/** Starts the app with a data folder of that name: a fresh one, or the one it left behind. */
async function open(userData: string): Promise<void> {
  launched = await launchApp({ userData: path.join(folder, userData) })
  window = launched.window
  canvas = new CanvasPage(window)
  await setWindowSize(launched.app, 1440, 900)
}

async function openTemplate(title: string): Promise<void> {
  await window.getByRole('button', { name: new RegExp(`^${title}`) }).click()
  await canvas.area.waitFor()
}

const tab = (name: string) => window.getByRole('tab', { name })
const projectName = () => window.getByRole('textbox', { name: 'Project name' })
const run = () => window.getByRole('complementary', { name: 'Run', exact: true })
const saved = () => window.getByRole('status').getByText('Saved', { exact: true }).waitFor()
const toasts = () => window.locator('.toast')

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-bad-days-'))
})
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe('documents in files', () => {
  const file = () => path.join(folder, 'flowers.loom.json')
  const written = async () => JSON.parse(await readFile(file(), 'utf8'))

  beforeAll(async () => {
    await open('files')
    await openTemplate('Iris classifier')
  })
  afterAll(() => launched.close())

  it('a project is saved to a file of its own, and from then on Save writes that file', async () => {
    await answerSaveDialog(launched.app, file())
    await window.keyboard.press('Control+Shift+s')
    await toasts().getByText('Saved', { exact: true }).waitFor()
    expect(await written()).toMatchObject({ format: 'layerloom-model', version: 1, name: 'Iris classifier' })
    await projectName().fill('Flowers')
    await window.keyboard.press('Enter')
    await window.keyboard.press('Control+s')
    await expect.poll(async () => (await written()).name).toBe('Flowers')
  })

  it('a file is opened; opening it again shows the same project', async () => {
    await window.getByRole('button', { name: 'Start page' }).click()
    await window.getByRole('heading', { name: 'Recent projects' }).waitFor()
    await answerOpenDialog(launched.app, file())
    await window.getByRole('button', { name: 'Open file' }).click()
    await canvas.area.waitFor()
    expect(await projectName().inputValue()).toBe('Flowers')
    await window.getByRole('button', { name: 'Start page' }).click()
    expect(await window.getByRole('button', { name: /^Flowers/ }).count()).toBe(1)
    await launched.screenshot('bad-days-recent')
    await window.getByRole('button', { name: /^Flowers/ }).click()
    await canvas.area.waitFor()
  })

  it('a cancelled dialog changes nothing', async () => {
    await answerOpenDialog(launched.app)
    await window.keyboard.press('Control+o')
    await answerSaveDialog(launched.app, null)
    await window.keyboard.press('Control+Shift+s')
    await saved()
    expect(await projectName().inputValue()).toBe('Flowers')
    expect(await toasts().filter({ hasNotText: 'Saved' }).count()).toBe(0)
  })

  const bad: readonly (readonly [string, (good: string) => string | Buffer, RegExp])[] = [
    ['truncated', (good) => good.slice(0, good.length / 2), /bad\.loom\.json/],
    ['foreign', () => JSON.stringify({ nodes: [], edges: [] }), /bad\.loom\.json/],
    ['of a later version', (good) => good.replace('"version": 1', '"version": 99'), /99/],
    ['no text at all', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 254, 13]), /bad\.loom\.json/],
    ['empty', () => '', /bad\.loom\.json/],
  ]

  it.each(bad)(
    'a document that is %s is refused in one sentence; the open project is unharmed',
    async (...row) => {
      const [kind, spoil, sentence] = row
      const before = await canvas.ids('node')
      const bytes = spoil(await readFile(template, 'utf8'))
      const name = path.join(folder, 'bad.loom.json')
      await writeFile(name, bytes)
      await answerOpenDialog(launched.app, name)
      await window.keyboard.press('Control+o')
      const refusal = window.locator('.toast--danger')
      await refusal.waitFor()
      expect(await refusal.locator('.toast__title').textContent()).toMatch(sentence)
      expect(await refusal.count()).toBe(1)
      await launched.screenshot(`bad-days-document-${kind.replaceAll(' ', '-')}`)
      await refusal.getByRole('button', { name: 'Dismiss' }).click()
      await refusal.waitFor({ state: 'detached' })
      expect(await canvas.ids('node')).toEqual(before)
      expect(await projectName().inputValue()).toBe('Flowers')
      expect((await written()).name).toBe('Flowers')
    },
  )

  it('a file that is gone says so', async () => {
    await answerOpenDialog(launched.app, path.join(folder, 'gone.loom.json'))
    await window.keyboard.press('Control+o')
    await window.locator('.toast--danger').getByText('gone.loom.json').waitFor()
  })

  it('none of it made the window complain', () => {
    expect(launched.consoleErrors).toEqual([])
  })
})

describe('runs that do not go as planned', () => {
  beforeAll(async () => {
    await open('runs')
    await openTemplate('Handwritten digits')
  })
  afterAll(() => launched.close())

  const step = async () => {
    const loss = await window.getByRole('img', { name: /^Loss: each step/ }).getAttribute('aria-label')
    return Number(/each step [\d.e-]+ at step (\d+)/.exec(loss ?? '')?.[1])
  }
  const enginePid = () =>
    launched.app.evaluate(
      ({ app }) => app.getAppMetrics().find((process) => process.name === 'LayerLoom engine')?.pid,
    )

  it('the template of a convolutional network trains without any preparation', async () => {
    expect(await canvas.ids('node')).toHaveLength(10)
    await window.keyboard.press('Control+Enter')
    await run()
      .getByText(/Epoch 2 of 10/)
      .waitFor({ timeout: 60_000 })
    await launched.screenshot('bad-days-training')
  })

  it('a run is stopped, keeps what it learned, and goes on from there', async () => {
    await run().getByRole('button', { name: 'Stop' }).click()
    await run().getByText('Stopped', { exact: true }).waitFor()
    const before = await step()
    expect(before).toBeGreaterThan(100)
    await run().getByRole('button', { name: 'Resume after epoch 1' }).click()
    await run()
      .getByText(/Epoch 3 of 10/)
      .waitFor({ timeout: 60_000 })
    expect(await step()).toBeGreaterThan(before)
    await run().getByText('Training', { exact: true }).waitFor()
  })

  it('a second run has to wait for the first', async () => {
    await window.keyboard.press('Control+Enter')
    await window
      .getByRole('alert')
      .getByText(/^Run \d+ is in progress/)
      .waitFor()
  })

  it('the engine is killed in mid-epoch: the app lives, says what happened, and resumes', async () => {
    const pid = await enginePid()
    if (pid === undefined) throw new Error('there is no engine process')
    process.kill(pid, 'SIGKILL')
    await run().getByText('Paused', { exact: true }).waitFor()
    expect(await run().textContent()).toContain('The engine process ended unexpectedly')
    expect(await run().textContent()).toContain('Resume the run to go on from its last checkpoint.')
    await launched.screenshot('bad-days-engine-killed')
    // Everything else still works.
    await tab('Data').click()
    await window.getByRole('list', { name: 'Samples' }).getByRole('img').first().waitFor()
    await tab('Runs').click()
    await window.getByRole('row', { name: /Paused/ }).waitFor()
    await tab('Training').click()
    await run()
      .getByRole('button', { name: /Resume after epoch/ })
      .click()
    await run().getByText('Training', { exact: true }).waitFor()
    await run()
      .getByText(/Epoch [4-9] of 10/)
      .waitFor({ timeout: 60_000 })
    expect(await run().textContent()).not.toContain('ended unexpectedly')
    expect(launched.consoleErrors).toEqual([])
  })

  it('the app itself is killed while training: drawing and run are there again, and the run resumes', async () => {
    await canvas.layer('image').click()
    await window.getByLabel('Layer name').fill('picture')
    await window.keyboard.press('Enter')
    await window.getByText('Unsaved changes').waitFor()
    await saved()
    const exited = new Promise((resolve) => launched.app.process().once('exit', resolve))
    launched.app.process().kill('SIGKILL')
    await exited
    await open('runs')
    await canvas.layer('image').getByText('picture').waitFor()
    expect(await projectName().inputValue()).toBe('Handwritten digits')
    await tab('Training').click()
    await run().getByText('Failed', { exact: true }).waitFor()
    expect(await run().textContent()).toContain('LayerLoom ended while this run was in progress.')
    await launched.screenshot('bad-days-recovered')
    const before = await step()
    await run()
      .getByRole('button', { name: /Resume after epoch/ })
      .click()
    await run().getByText('Training', { exact: true }).waitFor()
    await expect.poll(step, { timeout: 60_000 }).toBeGreaterThan(before)
    await run().getByRole('button', { name: 'Stop' }).click()
    await run().getByText('Stopped', { exact: true }).waitFor()
    expect(launched.consoleErrors).toEqual([])
  })
})

describe('settings that cannot work', () => {
  beforeAll(async () => {
    await open('settings')
    await openTemplate('Iris classifier')
    await tab('Training').click()
  })
  afterAll(() => launched.close())
  afterEach(() => expect(launched.consoleErrors).toEqual([]))

  const setting = (label: string) =>
    window.getByRole('form', { name: 'Training settings' }).getByLabel(label, { exact: true })

  const share = (part: string) => window.getByLabel(`${part} share in percent`)

  it('a number out of range stays in sight beside the reason, and the last good one counts', async () => {
    await setting('Epochs').fill('0')
    await window.getByText('Got 0: ').waitFor()
    expect(await setting('Epochs').getAttribute('aria-invalid')).toBe('true')
    await setting('Epochs').fill('3')
    await window.getByText('Got 0: ').waitFor({ state: 'detached' })
  })

  it('a split that does not add up says by how much', async () => {
    await share('train').fill('80')
    await share('test').fill('10')
    await share('validation').fill('30')
    await window.getByText('Train, validation and test add up to 120 %, must be 100 %.').waitFor()
    await launched.screenshot('bad-days-settings')
    await share('train').fill('60')
    await window.getByText('must be 100 %').waitFor({ state: 'detached' })
  })

  it('a learning rate that makes the loss explode ends the run with an explanation', async () => {
    await window.getByRole('combobox', { name: 'Optimizer' }).click()
    await window.getByRole('option', { name: 'SGD', exact: true }).click()
    await setting('Learning rate').fill('10')
    await setting('Epochs').fill('200')
    await window.keyboard.press('Control+Enter')
    await run().getByText('Failed', { exact: true }).waitFor({ timeout: 60_000 })
    expect(await run().textContent()).toMatch(/learning rate/i)
    await launched.screenshot('bad-days-diverged')
  })
})

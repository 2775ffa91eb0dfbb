import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setTheme, setWindowSize } from './support/window.ts'

let folder: string
let launched: LaunchedApp
let window: Page
let canvas: CanvasPage

const tab = (name: string) => window.getByRole('tab', { name })
const run = () => window.getByRole('complementary', { name: 'Run', exact: true })
const settings = () => window.getByRole('form', { name: 'Training settings' })
const undo = () => window.keyboard.press('Control+z')
const enginePid = () =>
  launched.app.evaluate(
    ({ app }) => app.getAppMetrics().find((process) => process.name === 'LayerLoom engine')?.pid,
  )

async function bothThemes(name: string): Promise<void> {
  await launched.screenshot(name)
  await setTheme(window, 'Dark')
  await launched.screenshot(`${name}-dark`)
  await setTheme(window, 'Light')
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-memory-'))
  launched = await launchApp({ userData: path.join(folder, 'data') })
  window = launched.window
  canvas = new CanvasPage(window)
  await setWindowSize(launched.app, 1440, 900)
  await window.getByRole('button', { name: /^Handwritten digits/ }).click()
  await canvas.area.waitFor()
  await tab('Training').click()
})
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe('memory', () => {
  it('that a training needs is said before it starts, in the panel and in the inspector', async () => {
    await settings()
      .getByText(/^Needs about \d+ MB of memory; [\d.]+ GB free$/)
      .waitFor()
    await window.getByRole('tab', { name: 'Model' }).click()
    await window.getByText(/^Memory, batch of \d+$/).waitFor()
    await bothThemes('memory-needed')
  })

  it('that is not there is a warning with a batch size that fits, set by one click', async () => {
    await settings().getByLabel('Batch size', { exact: true }).fill('8000')
    await canvas.layer('conv2d_1').click()
    await window.getByLabel('Filters', { exact: true }).fill('4000')
    await window.keyboard.press('Enter')
    const warning = settings().getByRole('alert')
    await warning.getByText(/^Training needs about \d+ GB of memory at batch size 8,000, but /).waitFor()
    await bothThemes('memory-warning')
    await warning.getByRole('button', { name: /^Set the batch size to / }).click()
    await warning.waitFor({ state: 'detached' })
    for (let step = 0; step < 3; step++) await undo()
  })

  it('that runs out in mid-run pauses it, and the run goes on with a smaller batch', async () => {
    // Nobody knows when it asks for more memory: there must be something left to train then.
    await settings().getByLabel('Epochs', { exact: true }).fill('2000')
    await window.keyboard.press('Control+Enter')
    await run()
      .getByText(/Epoch 2 of/)
      .waitFor({ timeout: 120_000 })
    const pid = await enginePid()
    if (pid === undefined) throw new Error('there is no engine process')
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const half = 512 * Number(/VmSize:\s+(\d+)/.exec(status)?.[1])
    execFileSync('prlimit', ['--pid', String(pid), `--as=${half}`])
    await run().getByText('Paused', { exact: true }).waitFor({ timeout: 200_000 })
    await bothThemes('memory-paused')
    await run()
      .getByRole('button', { name: /^Resume with batch / })
      .click()
    await run().getByText('Training', { exact: true }).waitFor({ timeout: 60_000 })
    await run()
      .getByText(/^Epoch \d+ of 2,?000/)
      .waitFor({ timeout: 60_000 })
    await run().getByRole('button', { name: 'Stop' }).click()
    await run().getByText('Stopped', { exact: true }).waitFor()
    expect(launched.consoleErrors).toEqual([])
  }, 400_000)
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyDocument } from '../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import { expectAccessible } from './support/accessibility.ts'
import { CanvasPage } from './support/canvas.ts'
import { answerSaveDialog } from './support/dialogs.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'
import { setWindowSize } from './support/window.ts'

let folder: string
let launched: LaunchedApp
let window: Page
let canvas: CanvasPage

async function open(): Promise<void> {
  launched = await launchApp({ userData: path.join(folder, 'data') })
  window = launched.window
  canvas = new CanvasPage(window)
  await setWindowSize(launched.app, 1440, 900)
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-tabs-'))
  await open()
})
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const strip = () => window.getByRole('tablist', { name: 'Open projects' })
const tab = (name: string | RegExp) => strip().getByRole('tab', { name })
const shown = () => strip().locator('[aria-selected="true"] .project-tab__name').textContent()
const names = () => strip().locator('.project-tab__name').allTextContents()
const press = (keys: string) => window.keyboard.press(keys)
const title = () => launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
const undoLabel = () =>
  launched.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('undo')?.label)
const viewport = () => window.locator('.react-flow__viewport').getAttribute('style')

/** Waits for what comes in a moment, which is longer on a busy machine. */
const soon = <T>(value: () => Promise<T>) => expect.poll(value, { timeout: 20_000 })

async function openTemplate(name: string): Promise<void> {
  await window.locator('.template-card').filter({ hasText: name }).first().click()
  await soon(shown).toBe(name)
  await canvas.area.waitFor()
}

async function startPage(): Promise<void> {
  await window.getByRole('button', { name: 'Start page' }).click()
  await window.getByRole('heading', { name: 'LayerLoom' }).waitFor()
}

async function rename(id: string, name: string): Promise<void> {
  await canvas.layer(id).click()
  await window.getByLabel('Layer name').fill(name)
  await press('Enter')
  await canvas.layer(id).getByText(name).waitFor()
}

describe('two projects in one window', () => {
  it('each has a tab; none has one before', async () => {
    await window.getByRole('heading', { name: 'LayerLoom' }).waitFor()
    expect(await strip().count()).toBe(0)
    await openTemplate('Iris classifier')
    await startPage()
    expect(await names()).toEqual(['Iris classifier'])
    await openTemplate('LeNet-5')
    expect(await names()).toEqual(['Iris classifier', 'LeNet-5'])
    expect(await title()).toContain('LeNet-5')
  })

  it('are edited each for itself, and gone to by mouse and keyboard', async () => {
    await rename('conv_1', 'edges')
    await tab('Iris classifier').click()
    const [first] = await canvas.ids('node')
    if (first === undefined) throw new Error('the template has no layers')
    await rename(first, 'flowers')
    await soon(undoLabel).toMatch(/^Undo: Rename .* to flowers/)
    await press('Control+Tab')
    await soon(shown).toBe('LeNet-5')
    await canvas.layer('conv_1').getByText('edges').waitFor()
    await soon(undoLabel).toMatch(/to edges/)
    await soon(title).toContain('LeNet-5')
    await press('Control+PageUp')
    await soon(shown).toBe('Iris classifier')
    await press('Control+9')
    await soon(shown).toBe('LeNet-5')
    await press('Control+1')
    await soon(shown).toBe('Iris classifier')
  })

  it('undo in each what was done there, and keep selection and view', async () => {
    await press('Control+2')
    await soon(shown).toBe('LeNet-5')
    await canvas.layer('conv_1').click()
    await press('Control++')
    await window.waitForTimeout(400)
    const view = await viewport()
    await press('Control+Tab')
    await soon(shown).toBe('Iris classifier')
    await press('Control+z')
    await canvas.area.getByText('flowers').waitFor({ state: 'detached' })
    await press('Control+Shift+Tab')
    await soon(shown).toBe('LeNet-5')
    await soon(viewport).toBe(view)
    await window.locator('.react-flow__node.selected[data-id="conv_1"]').waitFor()
    await press('Control+z')
    await canvas.area.getByText('edges').waitFor({ state: 'detached' })
    await press('Control+Shift+z')
    await canvas.area.getByText('edges').waitFor()
  })

  it('what is copied in one is pasted in the other', async () => {
    await canvas.layer('conv_1').click()
    await press('Control+c')
    await tab('Iris classifier').click()
    await soon(shown).toBe('Iris classifier')
    const before = await canvas.ids('node')
    await press('Control+v')
    await soon(async () => (await canvas.ids('node')).length).toBe(before.length + 1)
    await canvas.area.getByText('edges').waitFor()
    await press('Control+z')
    await canvas.area.getByText('edges').waitFor({ state: 'detached' })
  })

  it('the row of tabs is gone through by arrows, and Delete closes', async () => {
    await tab('Iris classifier').focus()
    await press('ArrowRight')
    expect(await tab('LeNet-5').evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await shown()).toBe('Iris classifier')
    await press('Enter')
    await soon(shown).toBe('LeNet-5')
    await press('Delete')
    await soon(names).toEqual(['Iris classifier'])
    await soon(() => tab('Iris classifier').evaluate((element) => element === document.activeElement)).toBe(
      true,
    )
    await press('Control+Shift+t')
    await soon(names).toEqual(['Iris classifier', 'LeNet-5'])
    await canvas.layer('conv_1').getByText('edges').waitFor()
  })

  it('closes by the sign, the middle button and Ctrl+W; the one beside it is shown, at last the start page', async () => {
    await tab('Iris classifier').locator('.project-tab__close').click()
    await soon(names).toEqual(['LeNet-5'])
    expect(await shown()).toBe('LeNet-5')
    await press('Control+Shift+t')
    await soon(names).toEqual(['Iris classifier', 'LeNet-5'])
    await tab('LeNet-5').click({ button: 'middle' })
    await soon(names).toEqual(['Iris classifier'])
    await press('Control+w')
    await window.getByRole('heading', { name: 'LayerLoom' }).waitFor()
    expect(await strip().count()).toBe(0)
    await press('Control+Shift+t')
    await press('Control+Shift+t')
    await soon(names).toEqual(['Iris classifier', 'LeNet-5'])
  })

  it('is moved by dragging and by keys', async () => {
    await tab('LeNet-5').dragTo(tab('Iris classifier'), { targetPosition: { x: 20, y: 16 } })
    await soon(names).toEqual(['LeNet-5', 'Iris classifier'])
    expect(await shown()).toBe('LeNet-5')
    await press('Control+Shift+PageDown')
    await soon(names).toEqual(['Iris classifier', 'LeNet-5'])
    await press('Control+Shift+PageUp')
    await soon(names).toEqual(['LeNet-5', 'Iris classifier'])
  })
})

describe('a file that another program changes', () => {
  const file = () => path.join(folder, 'iris.loom.json')

  it('a dot says what is not yet in the file', async () => {
    await tab('Iris classifier').click()
    await answerSaveDialog(launched.app, file())
    await press('Control+Shift+s')
    await soon(() => readFile(file(), 'utf8').catch(() => '')).toContain('Iris')
    await soon(() => tab(/kept/).count()).toBe(0)
    const [first] = await canvas.ids('node')
    await rename(first ?? '', 'petals')
    await tab(/^Iris classifier.*Not yet kept in its file/).waitFor()
    await press('Control+s')
    await soon(() => tab(/kept/).count()).toBe(0)
  })

  it('marks the tab in the background, and is asked about when it is shown', async () => {
    await tab('LeNet-5').click()
    await canvas.layer('conv_1').waitFor()
    await writeFile(file(), serialiseDocument(emptyDocument('Theirs')))
    await tab(/changed by another program/).waitFor()
    expect(await window.getByRole('dialog').count()).toBe(0)
    await launched.screenshot('tabs-touched')
    await press('Control+Tab')
    const dialog = window.getByRole('dialog', { name: 'The file was changed by another program' })
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await soon(() => readFile(file(), 'utf8')).toContain('petals')
    expect(await tab(/changed by another program/).count()).toBe(0)
  })
})

describe('training', () => {
  it('goes on in the background, marked on its tab, and its result is stored', async () => {
    await window
      .getByRole('tablist', { name: 'Panels' })
      .getByRole('tab', { name: 'Training', exact: true })
      .click()
    await window
      .getByRole('form', { name: 'Training settings' })
      .getByLabel('Epochs', { exact: true })
      .fill('400')
    await window.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click()
    await tab(/Training is in progress/).waitFor({ timeout: 60_000 })
    await tab('LeNet-5').click()
    await canvas.layer('conv_1').waitFor()
    await tab(/^Iris classifier.*Training is in progress/).waitFor()
    // One run at a time: this project has none, and cannot start one now.
    expect(await window.getByRole('complementary', { name: 'Run', exact: true }).count()).toBe(0)
    await press('Control+Enter')
    await window
      .getByRole('alert')
      .getByText(/^Run \d+ is in progress/)
      .waitFor()
    await launched.screenshot('tabs-training')
    await expect.poll(() => tab(/Training is in progress/).count(), { timeout: 120_000 }).toBe(0)
    await tab('Iris classifier').click()
    await soon(shown).toBe('Iris classifier')
    const run = window.getByRole('complementary', { name: 'Run', exact: true })
    const status = run.getByText(/^(Finished|Stopped|Paused|Failed)$/)
    expect(await status.first().textContent()).toBe('Finished')
    await window.getByRole('tablist', { name: 'Panels' }).getByRole('tab', { name: 'Runs' }).click()
    await window.getByRole('row', { name: /Finished/ }).waitFor()
  })
})

describe('at the next start', () => {
  it('the same tabs are there, and what was shown is shown', async () => {
    await tab('LeNet-5').click()
    await canvas.layer('conv_1').waitFor()
    await soon(title).toContain('LeNet-5')
    expect(launched.consoleErrors).toEqual([])
    await launched.close()
    await open()
    await soon(names).toEqual(['LeNet-5', 'Iris classifier'])
    expect(await shown()).toBe('LeNet-5')
    await canvas.layer('conv_1').getByText('edges').waitFor()
    await tab('Iris classifier').click()
    await canvas.area.getByText('petals').waitFor()
  })

  it('a page that crashes comes back with them', async () => {
    // A crashed page is lost to Playwright, so the new one is asked through Electron.
    await launched.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      return new Promise<void>((resolve) => {
        contents?.once('did-finish-load', () => resolve())
        contents?.forcefullyCrashRenderer()
      })
    })
    const namesNow = () =>
      launched.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `[...document.querySelectorAll('.project-tab__name')].map((name) => name.textContent).join()`,
        ),
      )
    await soon(namesNow).toBe('LeNet-5,Iris classifier')
    await launched.close()
    await open()
  })

  it('a project that is gone is left out, with one message', async () => {
    await soon(names).toEqual(['LeNet-5', 'Iris classifier'])
    await window.evaluate(() => globalThis.window.layerloom.invoke['projects.remove']({ projectId: 1 }))
    await launched.close()
    await open()
    await soon(names).toEqual(['LeNet-5'])
    await window.locator('.toast').getByText('“Iris classifier” is not open any more').waitFor()
    expect(await window.locator('.toast').count()).toBe(1)
  })

  it('a project that is deleted on the start page loses its tab', async () => {
    await startPage()
    await window.getByRole('button', { name: 'Delete LeNet-5' }).click()
    await window.getByRole('button', { name: 'Delete project' }).click()
    await soon(() => strip().count()).toBe(0)
    expect(launched.consoleErrors).toEqual([])
  })
})

describe('many tabs', () => {
  const many = ['Iris classifier', 'LeNet-5', 'Handwritten digits', 'ResNet-20']

  it('shrink, then scroll; the one shown is in sight, and axe finds nothing', async () => {
    for (const name of many) {
      await openTemplate(name)
      await startPage()
    }
    for (let count = many.length; count < 11; count++) {
      await press('Control+n')
      await soon(async () => (await names()).length).toBe(count + 1)
    }
    await startPage()
    await openTemplate('ResNet-20')
    await press('Control+1')
    await soon(shown).toBe('Iris classifier')
    await press('Control+9')
    await soon(shown).toBe('ResNet-20')
    await press('Control+1')
    await soon(shown).toBe('Iris classifier')
    await press('Control+Shift+Tab')
    await canvas.area.waitFor()
    const inSight = () =>
      strip().evaluate((list) => {
        const active = list.querySelector('[aria-selected="true"]')?.getBoundingClientRect()
        const { left, right } = list.getBoundingClientRect()
        return active !== undefined && active.left >= left - 1 && active.right <= right + 1
      })
    await soon(inSight).toBe(true)
    for (const colorScheme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme })
      await expectAccessible(window)
      await launched.screenshot(`tabs-twelve-${colorScheme}`)
    }
    await setWindowSize(launched.app, 900, 640)
    await press('Control+1')
    await soon(inSight).toBe(true)
    await launched.screenshot('tabs-narrow-dark')
    await window.emulateMedia({ colorScheme: 'light' })
    await setWindowSize(launched.app, 1440, 900)
    for (let count = 0; count < 9; count++) await press('Control+w')
    await soon(async () => (await names()).length).toBe(3)
    await tab('LeNet-5').or(tab('ResNet-20')).first().hover()
    await window.waitForTimeout(600)
    await launched.screenshot('tabs-three-light')
    await window.mouse.move(0, 400)
    await window.emulateMedia({ colorScheme: 'dark' })
    await launched.screenshot('tabs-three-dark')
    await startPage()
    await expectAccessible(window)
    await launched.screenshot('tabs-start-dark')
    expect(launched.consoleErrors).toEqual([])
  })
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CanvasPage } from './support/canvas.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'

let folder: string
let launched: LaunchedApp
let window: Page

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layerloom-dropping-'))
  launched = await launchApp({ userData: path.join(folder, 'data') })
  window = launched.window
})
afterAll(async () => {
  await launched?.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const inFolder = (name: string) => path.join(folder, name)

/** The events of a drag with files of the disk: a file field brings them into the page, as the system's drag would. */
async function drag(files: readonly string[], types: readonly string[]): Promise<void> {
  await window.evaluate(() => {
    const field = Object.assign(document.createElement('input'), {
      type: 'file',
      multiple: true,
      id: 'dragged',
    })
    document.body.append(field)
  })
  await window.locator('#dragged').setInputFiles([...files])
  await window.evaluate((names) => {
    const field = document.querySelector<HTMLInputElement>('#dragged')
    const dataTransfer = new DataTransfer()
    for (const file of field?.files ?? []) dataTransfer.items.add(file)
    for (const name of names) {
      document.body.dispatchEvent(
        new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true, relatedTarget: null }),
      )
    }
    field?.remove()
  }, types)
}

const drop = (...files: string[]) => drag(files, ['dragover', 'drop'])
const said = (text: string | RegExp) => window.locator('.toast-region').getByText(text).first().waitFor()

it('says what a drop will do while files hang over the window', async () => {
  await writeFile(inFolder('points.csv'), 'x,y\n1,2\n2,4\n3,6\n')
  await drag([inFolder('points.csv')], ['dragover'])
  await window.getByText('Drop to open a model, or to import a table').waitFor()
  await launched.screenshot('dropping-over')
  await drag([inFolder('points.csv')], ['dragleave'])
  await window.getByText('Drop to open a model').waitFor({ state: 'detached' })
})

it('imports a table that is dropped', async () => {
  await drop(inFolder('points.csv'))
  await said(/Imported .points/)
})

it('opens a model that is dropped', async () => {
  await drop(path.resolve('resources/templates/iris-classifier.loom.json'))
  await new CanvasPage(window).area.waitFor()
  expect(await window.getByRole('textbox', { name: 'Project name' }).inputValue()).toBe('Iris classifier')
})

it('says of a file that it is nothing it knows, and keeps what is open', async () => {
  await writeFile(inFolder('broken.json'), '{ "format": "something else" }')
  await drop(inFolder('broken.json'))
  await said(/not a LayerLoom document/)
  expect(await window.getByRole('textbox', { name: 'Project name' }).inputValue()).toBe('Iris classifier')
})

it('says what to do with something that is no file of the disk', async () => {
  await window.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['a,b'], 'from-a-page.csv'))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
  await said('What was dropped is no file of this machine.')
  expect(launched.consoleErrors).toEqual([])
})

import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src-core/document/parse.ts'
import { openCliApplication } from '../../src-main/cli/cli-application.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'

const template = fileURLToPath(
  new URL('../../resources/templates/iris-classifier.loom.json', import.meta.url),
)

/** The app with a run of so many epochs in progress, and somebody who answers every question with one button. */
async function trainingApp(epochs: number, answer: string): Promise<LaunchedApp & { exited: Promise<void> }> {
  const launched = await launchApp({ userData: mkdtempSync(path.join(tmpdir(), 'layerloom-closing-')) })
  const exited = new Promise<void>((resolve) => launched.app.process().once('exit', () => resolve()))
  const parsed = parseDocument(readFileSync(template, 'utf8'))
  if (!parsed.ok) throw new Error('the template is broken')
  const document = { ...parsed.value, training: { ...parsed.value.training, epochs, engine: 'cpu' as const } }
  await launched.app.evaluate(({ dialog }, label) => {
    const asked: unknown[] = []
    Reflect.set(globalThis, 'asked', asked)
    const choose = async (...question: unknown[]) => {
      asked.push(question.at(-1))
      const buttons: unknown = Reflect.get(Object(question.at(-1)), 'buttons')
      return { response: Array.isArray(buttons) ? buttons.indexOf(label) : -1, checkboxChecked: false }
    }
    Object.assign(dialog, { showMessageBox: choose })
  }, answer)
  const started = await launched.window.evaluate(async (text) => {
    const model = JSON.parse(text)
    const { invoke, on } = window.layerloom
    await invoke['datasets.addSample']({ name: 'iris' })
    const firstEpoch = new Promise((resolve) =>
      on['runs.event']((value) => JSON.stringify(value).includes('"epoch"') && resolve(true)),
    )
    const created = await invoke['projects.create']({ document: model })
    const answered = await invoke['runs.start']({ projectId: 1, document: model })
    await firstEpoch
    return { created, answered }
  }, JSON.stringify(document))
  expect(started).toMatchObject({ created: { ok: true }, answered: { ok: true } })
  return { ...launched, exited }
}

const closeWindow = ({ app }: LaunchedApp) =>
  app.evaluate(({ BrowserWindow }) => {
    // After this call has been answered: the app may be gone at once.
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close())
  })

const questions = ({ app }: LaunchedApp) => app.evaluate(() => Reflect.get(globalThis, 'asked'))
const isVisible = ({ app }: LaunchedApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())

/** The only run of a workspace whose app has gone. */
async function runOf(userData: string) {
  const application = openCliApplication(path.join(userData, 'workspace.loom.db'))
  try {
    const detail = application.runs.get(1)
    if (!detail.ok) throw new Error('there is no run')
    return { status: detail.value.run.status, hasWeights: detail.value.hasWeights }
  } finally {
    await application.close()
  }
}

describe('closing the window while a run is in progress', () => {
  it('asks, stays on "Cancel", and keeps the machine awake', async () => {
    const launched = await trainingApp(100_000, 'Cancel')
    await closeWindow(launched)
    await expect
      .poll(() => questions(launched))
      .toMatchObject([{ message: 'A training run is in progress.' }])
    expect(await isVisible(launched)).toBe(true)
    expect(
      await launched.app.evaluate(
        ({ powerSaveBlocker }) => powerSaveBlocker.isStarted(0) || powerSaveBlocker.isStarted(1),
      ),
    ).toBe(true)
    launched.app.process().kill('SIGTERM')
    await launched.exited
    expect(await runOf(launched.userData)).toEqual({ status: 'stopped', hasWeights: true })
  })

  it('stops the run with a checkpoint on "Stop and Keep Checkpoint"', async () => {
    const launched = await trainingApp(100_000, 'Stop and Keep Checkpoint')
    await closeWindow(launched)
    await launched.exited
    expect(await runOf(launched.userData)).toEqual({ status: 'stopped', hasWeights: true })
  })

  it('finishes the run out of sight on "Keep Running", then ends', async () => {
    const launched = await trainingApp(2000, 'Keep Running')
    await closeWindow(launched)
    await launched.exited
    expect(await runOf(launched.userData)).toEqual({ status: 'finished', hasWeights: true })
  })
})

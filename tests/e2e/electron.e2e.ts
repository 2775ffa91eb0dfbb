import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'

const appFolder = fileURLToPath(new URL('./fixtures/electron-app', import.meta.url))

describe('the Electron that the tests run in', () => {
  let launched: LaunchedApp

  beforeAll(async () => {
    launched = await launchApp({ appFolder })
  })
  afterAll(() => launched?.close())

  const report = () =>
    launched.app.evaluate(() => (globalThis as unknown as { report: Promise<unknown> }).report)

  it('loads better-sqlite3 and onnxruntime-node in the main process', async () => {
    expect(await report()).toMatchObject({ main: { total: 7, session: 'function', elements: 2 } })
  })

  it('loads them in a utility process, which finds its arguments and its first message', async () => {
    expect(await report()).toMatchObject({
      utility: { question: 'how many?', total: 14, session: 'function', elements: 2 },
    })
  })

  it('runs the application as an unpackaged one, with the name and version of its package.json', async () => {
    expect(await report()).toMatchObject({
      name: 'Electron fixture',
      version: '1.2.3',
      packaged: false,
      folder: path.resolve(appFolder),
    })
  })

  it('shows a sandboxed window over a protocol of its own and reacts to a click', async () => {
    await launched.window.click('button')
    expect(await launched.window.textContent('button')).toBe('1')
    expect(launched.consoleErrors).toEqual([])
  })
})

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { contract } from '../../../src-core/ipc/contract.ts'
import { openCliApplication } from '../../../src-main/cli/cli-application.ts'
import type { Handlers } from '../../../src-main/ipc/answer.ts'
import { createHandlers } from '../../../src-main/ipc/create-handlers.ts'
import type { Desktop } from '../../../src-main/ipc/desktop.ts'
import { registerHandlers } from '../../../src-main/ipc/register.ts'

type Listener = (event: unknown, input: unknown) => unknown

/** Electron's ipcMain: the edge of the world. */
const electron = vi.hoisted(() => ({ handlers: new Map<string, Listener>() }))
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: Listener) => electron.handlers.set(channel, listener) },
}))

const called: string[] = []
const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-register-'))
const application = openCliApplication(path.join(folder, 'workspace.loom.db'))
afterAll(() => application.close())
const desktop: Desktop = {
  chooseFiles: async () => null,
  chooseSaveFile: async () => null,
  openLink: async () => false,
  writeClipboard: () => undefined,
  readClipboard: async () => '',
  setWindowState: () => undefined,
}
/** The app's own handlers, which tell when the list of projects is asked for. */
const handlers: Handlers = {
  ...createHandlers(application, desktop, '1.2.3'),
  'projects.list': () => {
    called.push('projects.list')
    return { ok: true, value: [] }
  },
}
const logged: string[] = []
const log = { error: (message: string) => logged.push(message) }

const frame = (url: string, parent: unknown = null) => ({ senderFrame: { url, parent } })
const call = (channel: string, event: unknown, input: unknown) =>
  electron.handlers.get(channel)?.(event, input)

beforeEach(() => {
  called.length = 0
  logged.length = 0
  electron.handlers.clear()
})

describe('the channels of the main process', () => {
  it('are exactly those of the contract', () => {
    registerHandlers(handlers, log)
    expect([...electron.handlers.keys()].sort()).toEqual(Object.keys(contract).sort())
  })

  it('answer the main frame of the app’s own page', async () => {
    registerHandlers(handlers, log)
    expect(await call('projects.list', frame('app://layerloom/index.html'), {})).toEqual({
      ok: true,
      value: [],
    })
    expect(called).toEqual(['projects.list'])
  })

  it.each([
    ['a page from elsewhere', frame('https://example.org/')],
    ['another host of the scheme', frame('app://elsewhere/')],
    ['a frame inside the page', frame('app://layerloom/', { url: 'app://layerloom/' })],
    ['the development server when there is none', frame('http://localhost:5173/')],
    ['a frame that is gone', { senderFrame: null }],
  ])('refuse %s without reaching a handler, and log it', async (_who, event) => {
    registerHandlers(handlers, log)
    expect(await call('projects.list', event, {})).toMatchObject({
      ok: false,
      problems: [{ code: 'usage.invalid' }],
    })
    expect(called).toEqual([])
    expect(logged).toHaveLength(1)
  })

  it('answer the development server while there is one', async () => {
    registerHandlers(handlers, log, 'http://localhost:5173')
    expect(await call('projects.list', frame('http://localhost:5173/'), {})).toMatchObject({ ok: true })
  })
})

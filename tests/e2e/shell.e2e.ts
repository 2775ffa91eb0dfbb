import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, type MenuCommand, pushes } from '../../src-core/ipc/contract.ts'
import { type LaunchedApp, launchApp } from './support/launch-app.ts'

const temporaryFolder = () => mkdtempSync(path.join(tmpdir(), 'layerloom-shell-'))

describe('the window is closed to everything but the app', () => {
  let launched: LaunchedApp
  beforeAll(async () => {
    launched = await launchApp()
  })
  afterAll(() => launched?.close())

  it('has nothing of Node or Electron, and exactly the channels of the contract', async () => {
    const found = await launched.window.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
      invoke: Object.keys(window.layerloom.invoke),
      on: Object.keys(window.layerloom.on),
      whole: Object.keys(window.layerloom),
    }))
    expect(found.globals).toEqual([])
    expect(found.invoke.sort()).toEqual(
      Object.keys(contract)
        .filter((channel) => channel !== 'files.dropped')
        .sort(),
    )
    expect(found.whole.sort()).toEqual(['dropFiles', 'invoke', 'on', 'setScale'])
    expect(found.on.sort()).toEqual(Object.keys(pushes).sort())
  })

  it('is a sandboxed, isolated page', async () => {
    const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      // Known to Electron, unknown to its types.
      return contents && Reflect.apply(Reflect.get(contents, 'getLastWebPreferences'), contents, [])
    })
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
    })
  })

  it('comes from app:// with a policy that allows no foreign and no inline script', async () => {
    expect(launched.window.url()).toBe('app://layerloom/')
    const policy = await launched.window.evaluate(async () =>
      (await fetch('app://layerloom/')).headers.get('Content-Security-Policy'),
    )
    expect(policy).toContain("script-src 'self';")
    const ran = await launched.window.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.inlineScriptRan = true'
      document.body.append(script)
      return 'inlineScriptRan' in window
    })
    expect(ran).toBe(false)
  })

  it.each([
    ['app://layerloom/..%2f..%2fpackage.json', 403],
    ['app://layerloom/no-such-file.js', 404],
  ])('%s is not served', async (address, status) => {
    expect(await launched.window.evaluate(async (url) => (await fetch(url)).status, address)).toBe(status)
  })

  it.each(['https://example.org/', 'http://127.0.0.1:9/', 'file:///etc/passwd'])(
    'reaches not %s',
    async (address) => {
      const outcome = launched.window.evaluate(
        (url) =>
          fetch(url).then(
            () => 'loaded',
            () => 'refused',
          ),
        address,
      )
      expect(await outcome).toBe('refused')
    },
  )

  it('opens no window, goes nowhere, and gets no permission', async () => {
    const opened = await launched.window.evaluate(() => window.open('app://layerloom/'))
    expect(opened).toBeNull()
    await launched.window.evaluate(() => {
      location.href = 'https://example.org/'
    })
    const permission = await launched.window.evaluate(
      async () => (await navigator.permissions.query({ name: 'geolocation' })).state,
    )
    expect(permission).toBe('denied')
    expect(launched.window.url()).toBe('app://layerloom/')
    expect(launched.app.windows()).toHaveLength(1)
  })

  it('answers bad input with a problem', async () => {
    const answer = await launched.window.evaluate(() =>
      Reflect.apply(window.layerloom.invoke['projects.open'], undefined, [{ projectId: 'first' }]),
    )
    expect(answer).toMatchObject({ ok: false, problems: [{ code: 'usage.invalid' }] })
  })
})

describe('the window', () => {
  it('comes back where it was', async () => {
    const userData = temporaryFolder()
    const first = await launchApp({ userData })
    const wanted = { x: 120, y: 80, width: 1000, height: 700 }
    await first.app.evaluate(({ BrowserWindow }, bounds) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(bounds)
    }, wanted)
    await first.close()
    const second = await launchApp({ userData })
    const bounds = await second.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
    )
    await second.close()
    expect(bounds).toMatchObject({ width: 1000, height: 700 })
  })

  it('opens once: a second start of the app shows the first', async () => {
    const launched = await launchApp()
    const executable = process.env.LAYERLOOM_E2E_ELECTRON ?? ''
    const switches = (process.env.LAYERLOOM_E2E_SWITCHES ?? '').split(' ').filter(Boolean)
    const root = fileURLToPath(new URL('../../', import.meta.url))
    await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    const second = spawn(executable, [...switches, root], {
      env: { ...process.env, LAYERLOOM_USER_DATA: launched.userData },
      stdio: 'ignore',
    })
    const exitCode = await new Promise((resolve) => second.on('exit', resolve))
    expect(exitCode).toBe(0)
    await expect
      .poll(() => launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
      .toBe(true)
    await launched.close()
  })

  it('comes back with its project after the page crashed', async () => {
    const launched = await launchApp()
    await launched.window.getByRole('button', { name: 'New empty model' }).click()
    await launched.window.locator('.react-flow').waitFor()
    // A crashed page is lost to Playwright, so the new one is asked through Electron.
    const shows = (selector: string) =>
      launched.app.evaluate(
        ({ BrowserWindow }, text) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
            `document.querySelector('${text}') !== null`,
          ),
        selector,
      )
    await launched.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      return new Promise<void>((resolve) => {
        contents?.once('did-finish-load', () => resolve())
        contents?.forcefullyCrashRenderer()
      })
    })
    await expect.poll(() => shows('.react-flow'), { timeout: 10_000 }).toBe(true)
    await launched.close()
  })
})

describe('while a dialog is open', () => {
  let launched: LaunchedApp
  beforeAll(async () => {
    launched = await launchApp()
    await launched.window.getByRole('button', { name: 'New empty model' }).click()
    await launched.window.locator('.react-flow').waitFor()
  })
  afterAll(() => launched?.close())

  /** What the keys of the native menu do, which Playwright's do not reach. */
  const ask = (command: MenuCommand) =>
    launched.app.evaluate(({ BrowserWindow }, name) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('menu.command', { command: name })
    }, command)
  const enabled = (id: MenuCommand) =>
    launched.app.evaluate(({ Menu }, name) => Menu.getApplicationMenu()?.getMenuItemById(name)?.enabled, id)
  const tabs = () => launched.window.getByRole('tablist', { name: 'Open projects' }).getByRole('tab').count()
  const dialog = () => launched.window.getByRole('dialog', { name: 'Engines' })

  it('the native menu does nothing to the project beneath, and Ctrl+W closes the dialog', async () => {
    await ask('engines')
    await dialog().waitFor()
    await expect.poll(() => enabled('new')).toBe(false)
    expect(await Promise.all((['open', 'save', 'reopenTab', 'undo', 'train'] as const).map(enabled))).toEqual(
      Array(5).fill(false),
    )
    expect(await enabled('theme')).toBe(true)
    for (const command of ['new', 'reopenTab', 'train', 'closeTab'] as const) await ask(command)
    await dialog().waitFor({ state: 'detached' })
    expect(await tabs()).toBe(1)
    await expect.poll(() => enabled('new')).toBe(true)
    await ask('new')
    await expect.poll(tabs).toBe(2)
  })

  it('the keys do the same, wherever the focus is', async () => {
    await ask('engines')
    await dialog().waitFor()
    await launched.window.keyboard.press('Control+n')
    await launched.window.keyboard.press('Control+w')
    await dialog().waitFor({ state: 'detached' })
    await launched.window.keyboard.press('Control+k')
    await launched.window.getByRole('combobox').fill('train')
    await launched.window.keyboard.press('Control+w')
    await launched.window.getByRole('combobox').waitFor({ state: 'detached' })
    expect(await tabs()).toBe(2)
    await launched.window.keyboard.press('Control+w')
    await expect.poll(tabs).toBe(1)
    expect(launched.consoleErrors).toEqual([])
  })
})

describe('a workspace that cannot be used', () => {
  /** The app, with somebody who answers its questions by always choosing the button with this label. */
  function answering(label: string): string {
    const folder = temporaryFolder()
    const entry = pathToFileURL(fileURLToPath(new URL('../../out/main/index.js', import.meta.url))).href
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ name: 'layerloom', version: '0.0.0', main: 'main.mjs' }),
    )
    writeFileSync(
      path.join(folder, 'main.mjs'),
      `import { dialog } from 'electron'
       globalThis.questions = []
       dialog.showMessageBox = async (options) => {
         globalThis.questions.push(options)
         return { response: options.buttons.indexOf(${JSON.stringify(label)}) }
       }
       await import(${JSON.stringify(entry)})`,
    )
    return folder
  }

  it('is set aside on request, never deleted, and a fresh one is opened', async () => {
    const userData = temporaryFolder()
    const file = path.join(userData, 'workspace.loom.db')
    writeFileSync(file, 'not a workspace')
    const launched = await launchApp({ userData, appFolder: answering('Set It Aside and Start Fresh') })
    const questions = await launched.app.evaluate(() => Reflect.get(globalThis, 'questions'))
    expect(questions).toHaveLength(1)
    expect(questions).toMatchObject([
      { message: expect.stringContaining(file), detail: expect.stringContaining('Nothing is deleted') },
    ])
    const aside = readdirSync(userData).filter((name) => name.startsWith('workspace.loom.db.damaged-'))
    expect(aside.map((name) => readFileSync(path.join(userData, name), 'utf8'))).toEqual(['not a workspace'])
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3')
    await launched.close()
  })
})

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from 'playwright'

const root = fileURLToPath(new URL('../../../', import.meta.url))

export interface LaunchOptions {
  /** A workspace file to open; by default the app makes its own under the user-data folder. */
  readonly workspace?: string
  /** The application to start; by default this one, as built into out/. */
  readonly appFolder?: string
  /** The user-data folder; by default a fresh one that is removed on close. */
  readonly userData?: string
  /** Further arguments for the app, after its folder. */
  readonly args?: readonly string[]
  /** Further environment variables; a value of undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

export interface LaunchedApp {
  readonly app: ElectronApplication
  /** The first window, its page loaded. */
  readonly window: Page
  readonly userData: string
  /** Errors that the page logged or threw, in order. A test should expect this to be empty. */
  readonly consoleErrors: readonly string[]
  /** What the main process printed so far. */
  output(): string
  /** Writes test-results/screenshots/<name>.png and returns its path. */
  screenshot(name: string): Promise<string>
  /** Closes the app and removes the user-data folder if it was a fresh one. Safe to call twice. */
  close(): Promise<void>
}

const patience = 30_000

/**
 * Starts the built application in the Electron that global-setup.mjs found.
 * @throws with what the app printed and logged, if no window appears within half a minute
 */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const userData = options.userData ?? (await mkdtemp(path.join(tmpdir(), 'layerloom-e2e-')))
  const removeFreshFolder = async () => {
    if (options.userData === undefined) await rm(userData, { recursive: true, force: true, maxRetries: 5 })
  }
  let printed = ''
  let app: ElectronApplication | undefined
  try {
    app = await start(options, userData)
    for (const stream of [app.process().stdout, app.process().stderr]) {
      stream?.on('data', (chunk) => (printed += String(chunk)))
    }
    const window = await app.firstWindow({ timeout: patience })
    const consoleErrors = collectErrors(window)
    await window.waitForLoadState('load')
    if (options.appFolder === undefined) await untilItListens(window)
    const launched = app
    let closing: Promise<void> | undefined
    return {
      app,
      window,
      userData,
      consoleErrors,
      output: () => printed,
      screenshot: (name) => saveScreenshot(window, name),
      close: async () => {
        closing ??= closeOrKill(launched)
        await closing
        await removeFreshFolder()
      },
    }
  } catch (cause) {
    const logged = await readLogs(userData)
    if (app) await closeOrKill(app)
    await removeFreshFolder()
    throw new Error(`The application showed no window. It printed:\n${printed}\nand logged:\n${logged}`, {
      cause,
    })
  }
}

/**
 * Playwright finds the executable through the electron package (see global-setup.mjs), because only then does it hold
 * the app back until it has attached itself; an app that starts meanwhile makes it hang now and then.
 */
function start(options: LaunchOptions, userData: string): Promise<ElectronApplication> {
  return _electron.launch({
    args: [...switches(), options.appFolder ?? root, ...workspaceArguments(options), ...(options.args ?? [])],
    cwd: root,
    env: environment({ LAYERLOOM_USER_DATA: userData, ...options.env }),
    timeout: patience,
  })
}

/** Keys that are pressed before the window has drawn itself for the first time are lost. */
async function untilItListens(window: Page): Promise<void> {
  await window.locator('#root > *').first().waitFor({ state: 'attached', timeout: patience })
  await window.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(() => done()))),
  )
}

function collectErrors(window: Page): readonly string[] {
  const errors: string[] = []
  window.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  window.on('pageerror', (error) => errors.push(String(error)))
  return errors
}

async function saveScreenshot(window: Page, name: string): Promise<string> {
  const file = path.join(root, 'test-results', 'screenshots', `${name}.png`)
  await window.screenshot({ path: file })
  return file
}

async function readLogs(userData: string): Promise<string> {
  const folder = path.join(userData, 'logs')
  const names = await readdir(folder).catch(() => [])
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
  return texts.join('\n').slice(-4000)
}

/** A dialog of the operating system, or a question about unsaved work, keeps the app open for ever. */
async function closeOrKill(app: ElectronApplication): Promise<void> {
  const child = app.process()
  const timer = setTimeout(() => child.kill('SIGKILL'), patience / 2)
  try {
    await app.close()
  } finally {
    clearTimeout(timer)
  }
}

const switches = () => required('LAYERLOOM_E2E_SWITCHES').split(' ').filter(Boolean)

const workspaceArguments = ({ workspace }: LaunchOptions) =>
  workspace === undefined ? [] : ['--workspace', workspace]

function environment(changes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const merged = { ...process.env, ...changes }
  // ELECTRON_RUN_AS_NODE (set by some editors' terminals) would start Electron without windows.
  delete merged.ELECTRON_RUN_AS_NODE
  delete merged.NODE_OPTIONS
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

function required(name: string): string {
  const value = process.env[name]
  if (value === undefined)
    throw new Error(`${name} is not set: run this as an e2e test (npm test -- tests/e2e/...).`)
  return value
}

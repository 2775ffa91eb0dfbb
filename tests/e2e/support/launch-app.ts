import { mkdtemp, rm } from 'node:fs/promises'
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

/**
 * Starts the built application in the Electron that global-setup.mjs found.
 * @throws with what the app printed, if no window appears
 */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const userData = options.userData ?? (await mkdtemp(path.join(tmpdir(), 'layerloom-e2e-')))
  const app = await _electron.launch({
    executablePath: required('LAYERLOOM_E2E_ELECTRON'),
    args: [...switches(), options.appFolder ?? root, ...workspaceArguments(options), ...(options.args ?? [])],
    cwd: root,
    env: environment({ LAYERLOOM_USER_DATA: userData, ...options.env }),
  })
  let printed = ''
  app.process().stdout?.on('data', (chunk) => (printed += String(chunk)))
  app.process().stderr?.on('data', (chunk) => (printed += String(chunk)))
  const close = async () => {
    await app.close()
    if (options.userData === undefined) await rm(userData, { recursive: true, force: true, maxRetries: 5 })
  }
  const window = await app.firstWindow({ timeout: 30_000 }).catch(async (error: unknown) => {
    await close()
    throw new Error(`The application showed no window. It printed:\n${printed}`, { cause: error })
  })
  const consoleErrors: string[] = []
  window.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text())
  })
  window.on('pageerror', (error) => consoleErrors.push(String(error)))
  await window.waitForLoadState('load')

  const screenshot = async (name: string) => {
    const file = path.join(root, 'test-results', 'screenshots', `${name}.png`)
    await window.screenshot({ path: file })
    return file
  }
  return { app, window, userData, consoleErrors, output: () => printed, screenshot, close }
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

import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { MenuCommand, Push, PushValue } from '../../src-core/ipc/contract.ts'
import { currentLanguage } from '../../src-core/language/t.ts'
import type { WindowState } from '../ipc/desktop.ts'
import { productName } from '../services/user-data.ts'
import { appOrigin } from './app-origin.ts'
import { restoredBounds, type WindowBounds } from './window-bounds.ts'

export interface MainWindowOptions {
  readonly preload: string
  /** Loaded in place of the built page while developing. */
  readonly developmentServer: string | undefined
  /** The bounds that were remembered last, whatever they look like. */
  readonly rememberedBounds: unknown
  rememberBounds(bounds: WindowBounds): void
  /** True when the window may close at once. */
  requestClose(): boolean
  /** What the native menu says is no longer true: undo or redo would do something else, the language is another, or a dialog was opened or closed. */
  onMenuState(state: MenuState): void
  /** The page crashed: nothing is open in it any more. */
  onCrash(): void
  /** The page crashed more often than reloading can help. */
  onHopeless(): void
}

/** What the native menu shows of a window. */
export type MenuState = Pick<WindowState, 'undo' | 'redo' | 'language' | 'languageChoice' | 'dialog'>

/** How long a closing window may take to store its changes, in milliseconds. */
const flushLimit = 3000
/** Crashes of the page within a minute that are answered with a reload. */
const reloadsPerMinute = 3

/** The designer's one window: its creation with the security defaults, its bounds, its title, its recovery. */
export class MainWindow {
  readonly browserWindow: BrowserWindow
  readonly #options: MainWindowOptions
  readonly #crashes: number[] = []
  #state: WindowState = {
    projectId: null,
    title: '',
    dirty: false,
    undo: null,
    redo: null,
    language: currentLanguage(),
    languageChoice: 'system',
    dialog: false,
  }
  #onClean: (() => void) | undefined

  constructor(options: MainWindowOptions) {
    this.#options = options
    this.browserWindow = createWindow(options)
    this.browserWindow.once('ready-to-show', () => this.browserWindow.show())
    this.browserWindow.on('close', (event) => this.#closing(event))
    this.browserWindow.on('page-title-updated', (event) => event.preventDefault())
    this.browserWindow.webContents.on('render-process-gone', (_event, { reason }) => this.#crashed(reason))
    void this.browserWindow.loadURL(options.developmentServer ?? `${appOrigin}/`).catch(() => undefined)
  }

  /** Sends a push of the contract to the page. */
  push<P extends Push>(name: P, value: PushValue<P>): void {
    if (!this.browserWindow.isDestroyed()) this.browserWindow.webContents.send(name, value)
  }

  sendCommand(command: MenuCommand): void {
    this.push('menu.command', { command })
  }

  /** Brings the window to the front, also out of hiding. */
  show(): void {
    if (this.browserWindow.isMinimized()) this.browserWindow.restore()
    this.browserWindow.show()
    this.browserWindow.focus()
  }

  setState(state: WindowState): void {
    const told = this.#state
    this.#state = state
    const menuParts = ['undo', 'redo', 'language', 'languageChoice', 'dialog'] as const
    if (menuParts.some((part) => told[part] !== state[part])) this.#options.onMenuState(state)
    const title = state.projectId === null ? productName : `${state.title} — ${productName}`
    this.browserWindow.setTitle(state.dirty ? `• ${title}` : title)
    this.browserWindow.setDocumentEdited(state.dirty)
    if (!state.dirty) this.#onClean?.()
  }

  /** Asks the page to store unsaved changes; resolves when it has, or when it took too long. */
  flush(): Promise<void> {
    if (!this.#state.dirty || this.browserWindow.webContents.isCrashed()) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, flushLimit)
      this.#onClean = () => {
        clearTimeout(timer)
        resolve()
      }
      this.sendCommand('autosave')
    })
  }

  #closing(event: Electron.Event): void {
    this.#options.rememberBounds({
      ...this.browserWindow.getNormalBounds(),
      maximized: this.browserWindow.isMaximized(),
    })
    if (!this.#options.requestClose()) event.preventDefault()
  }

  /** The page comes back by itself and opens the projects again as they were autosaved. */
  #crashed(reason: string): void {
    if (reason === 'clean-exit') return
    this.#options.onCrash()
    const now = Date.now()
    this.#crashes.push(now)
    const recent = this.#crashes.filter((time) => now - time < 60_000)
    if (recent.length <= reloadsPerMinute) this.browserWindow.webContents.reload()
    else this.#options.onHopeless()
  }
}

function createWindow(options: MainWindowOptions): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea)
  const bounds = restoredBounds(options.rememberedBounds, screens)
  const window = new BrowserWindow({
    ...(bounds ?? { width: 1440, height: 900 }),
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: productName,
    // The page's own background, so that nothing flashes before its first paint.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#111317' : '#eceef1',
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  })
  if (bounds?.maximized) window.maximize()
  return window
}

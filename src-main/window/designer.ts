import { app, Menu, session } from 'electron'
import { z } from 'zod'
import { languageOf } from '../../src-core/language/language.ts'
import { speak } from '../../src-core/language/t.ts'
import { ProblemError } from '../../src-core/problems.ts'
import { createHandlers } from '../ipc/create-handlers.ts'
import { registerHandlers } from '../ipc/register.ts'
import { type Application, openApplication } from '../services/application.ts'
import type { LogFile } from '../services/log-file.ts'
import { setAside } from '../services/set-aside.ts'
import { defaultWorkspaceFile, productName } from '../services/user-data.ts'
import { serveApp } from './app-protocol.ts'
import { CloseGuard } from './close-guard.ts'
import { MainWindow, type MenuState } from './main-window.ts'
import { menuTemplate } from './menu.ts'
import { askAboutRuns, askAboutWorkspace, askForWorkspaceFile, tellHopeless } from './questions.ts'
import { denyPermissions } from './security.ts'
import { StayAwake } from './stay-awake.ts'
import { systemDesktop } from './system-desktop.ts'
import { utilityLauncher } from './utility-launcher.ts'
import { workspaceArgument } from './workspace-argument.ts'

export interface DesignerParts {
  readonly log: LogFile
  readonly version: string
  /** The bundled preload script. */
  readonly preload: string
  /** Folder of the built page. */
  readonly renderer: string
  /** The bundled engine process. */
  readonly engineProcess: string
  /** The built file of the thread that estimates memory. */
  readonly memoryWorker: string
  /** Folder of samples and templates. */
  readonly resources: string
  readonly developmentServer: string | undefined
}

const boundsKey = 'windowBounds'

/** Opens the workspace and the window over it. Returns when the window is there, or when the person chose to quit. */
export async function runDesigner(parts: DesignerParts): Promise<void> {
  // Until the window tells what the person chose.
  speak(languageOf(app.getLocale()))
  const application = await openWithQuestions(parts)
  if (application === undefined) return app.quit()
  serveApp(parts.renderer)
  denyPermissions(session.defaultSession, parts.developmentServer)

  const window = new MainWindow({
    preload: parts.preload,
    developmentServer: parts.developmentServer,
    rememberedBounds: application.settings.get(boundsKey, z.unknown()),
    rememberBounds: (bounds) => application.settings.set(boundsKey, bounds),
    requestClose: () => guard.requestClose(),
    onMenuState: (state) => {
      speak(state.language)
      setMenu(window, state)
    },
    onCrash: () => application.projects.leave(),
    onHopeless: () => tellHopeless(parts.log.file),
  })
  const guard = closeGuard(application, window)
  const handlers = createHandlers(
    application,
    systemDesktop(() => window),
    parts.version,
  )
  registerHandlers(handlers, parts.log, parts.developmentServer)
  watchRuns(application, window)
  application.engineService.subscribe((progress) => window.push('engines.progress', progress))
  application.projects.subscribe((projectId) => window.push('projects.fileTouched', { projectId }))
  setMenu(window)
  answerTheSystem(window, guard)
}

/** Asks until a workspace opens; undefined when the person gives up. */
async function openWithQuestions(parts: DesignerParts): Promise<Application | undefined> {
  let file = workspaceArgument(process.argv) ?? defaultWorkspaceFile()
  for (;;) {
    try {
      return openApplication({
        workspaceFile: file,
        resourcesFolder: parts.resources,
        launch: utilityLauncher(parts.engineProcess),
        memoryWorker: parts.memoryWorker,
        version: parts.version,
      })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      parts.log.error(`the workspace ${file} cannot be used`, error)
      const choice = await askAboutWorkspace(file, error.problem)
      if (choice === 'quit') return undefined
      if (choice === 'setAside') setAside(file)
      if (choice === 'other') file = (await askForWorkspaceFile()) ?? file
    }
  }
}

function closeGuard(application: Application, window: MainWindow): CloseGuard {
  const { runs } = application
  return new CloseGuard({
    isTraining: () => runs.active().length > 0,
    ask: () => askAboutRuns(window.browserWindow),
    stopRuns: async () => {
      for (const runId of runs.active()) await runs.stop(runId)
      await runs.whenIdle()
    },
    whenIdle: () => runs.whenIdle(),
    flush: () => window.flush(),
    hide: () => window.browserWindow.hide(),
    leave: () => {
      window.browserWindow.destroy()
      void application.close().finally(() => app.quit())
    },
  })
}

function watchRuns({ runs }: Application, window: MainWindow): void {
  const awake = new StayAwake()
  runs.subscribe((runId, event) => {
    awake.set(runs.active().length > 0)
    window.push('runs.event', { runId, event })
  })
}

/** Labels of a native menu cannot be changed, so that it is made anew when undo means something else. */
function setMenu(window: MainWindow, state?: MenuState): void {
  const template = menuTemplate({
    platform: process.platform,
    productName,
    developer: !app.isPackaged,
    ...state,
    send: (command) => window.sendCommand(command),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function answerTheSystem(window: MainWindow, guard: CloseGuard): void {
  const callBack = () => {
    guard.reopen()
    window.show()
  }
  app.on('second-instance', callBack)
  app.on('activate', callBack)
  // Quitting is decided when the window closes; without it there is nothing left to do.
  app.on('window-all-closed', () => undefined)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => guard.insist())
}

import path from 'node:path'
import { app, dialog } from 'electron'
import { LogFile } from './services/log-file.ts'
import { productName, userDataFolder } from './services/user-data.ts'
import { declareAppScheme } from './window/app-protocol.ts'
import { runDesigner } from './window/designer.ts'
import { denyNavigation } from './window/security.ts'

// The composition root: what must be settled before Electron is ready, and where things are.
app.setName(productName)
app.setPath('userData', userDataFolder())
// Chromium's caches and profile stay apart from what is the user's own.
app.setPath('sessionData', path.join(userDataFolder(), 'session'))
const log = new LogFile(path.join(userDataFolder(), 'logs'))

process.on('uncaughtException', (error) => {
  log.error('an exception reached the top', error)
  dialog.showErrorBox(
    'Something went wrong inside LayerLoom',
    `Your work is kept in the workspace. Please report this with the file ${log.file}.\n\n${error.message}`,
  )
})
process.on('unhandledRejection', (reason) => log.error('a promise was rejected and nobody cared', reason))

const developmentServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
declareAppScheme()
denyNavigation(developmentServer)

if (app.requestSingleInstanceLock()) {
  const out = import.meta.dirname
  void app
    .whenReady()
    .then(() =>
      runDesigner({
        log,
        version: app.getVersion(),
        preload: path.join(out, '../preload/index.cjs'),
        renderer: path.join(out, '../renderer'),
        engineProcess: path.join(out, 'engine-process.js'),
        memoryWorker: path.join(out, 'memory-worker.js'),
        resources: path.join(out, '../../resources'),
        developmentServer,
      }),
    )
    .catch((error: unknown) => {
      log.error('the app could not start', error)
      dialog.showErrorBox('LayerLoom cannot start', error instanceof Error ? error.message : String(error))
      app.exit(1)
    })
} else {
  // The instance that has the lock shows its window; see `second-instance` there.
  app.quit()
}

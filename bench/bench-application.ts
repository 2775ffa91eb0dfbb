import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeLauncher } from '../src-main/engine/node-launcher.ts'
import { type Application, openApplication } from '../src-main/services/application.ts'

export interface BenchApplication {
  readonly application: Application
  /** For files of the bench; gone with the application. */
  readonly folder: string
  close(): Promise<void>
}

/** The app's services on a workspace of their own, as the command line has them. */
export function openBenchApplication(): BenchApplication {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'layerloom-bench-'))
  const application = openApplication({
    workspaceFile: path.join(folder, 'bench.layerloom'),
    resourcesFolder: fileURLToPath(new URL('../resources', import.meta.url)),
    launch: nodeLauncher(),
    version: 'bench',
  })
  return {
    application,
    folder,
    close: async () => {
      await application.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

import packageJson from '../../package.json' with { type: 'json' }
import { nodeLauncher } from '../engine/node-launcher.ts'
import type { EngineAvailability } from '../engine/protocol.ts'
import { EngineSupervisor } from '../engine/supervisor.ts'
import { type Application, openApplication } from '../services/application.ts'
import { EngineService } from '../services/engine-service.ts'
import { resourcesFolder } from './resources-folder.ts'

/** The app's services over a workspace file, with engine processes as Node children. Throws as openWorkspace does. */
export function openCliApplication(workspaceFile: string): Application {
  return openApplication({
    workspaceFile,
    resourcesFolder,
    launch: nodeLauncher(),
    version: packageJson.version,
  })
}

/** Which engines run here; needs no workspace. */
export function probeEngines(): Promise<readonly EngineAvailability[]> {
  return withEngines((engines) => engines.list())
}

/** Work with the engines that needs no workspace. */
export async function withEngines<T>(work: (engines: EngineService) => Promise<T>): Promise<T> {
  const supervisor = new EngineSupervisor({ launch: nodeLauncher() })
  try {
    return await work(new EngineService(supervisor))
  } finally {
    await supervisor.dispose()
  }
}

import { homedir } from 'node:os'
import path from 'node:path'

export const productName = 'LayerLoom'

/** What of a process's surroundings decides where the user's data is. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
}

function thisProcess(): Surroundings {
  return { environment: process.env, platform: process.platform, home: homedir() }
}

/**
 * The folder of the app's own data: `LAYERLOOM_USER_DATA`, or what Electron calls `userData` on this platform.
 * Stated here and not asked of Electron, because the CLI must come to the same answer without Electron.
 */
export function userDataFolder(surroundings: Surroundings = thisProcess()): string {
  const { environment, platform, home } = surroundings
  if (environment.LAYERLOOM_USER_DATA) return path.resolve(environment.LAYERLOOM_USER_DATA)
  return path.join(applicationDataFolder(environment, platform, home), productName)
}

function applicationDataFolder(
  environment: Surroundings['environment'],
  platform: NodeJS.Platform,
  home: string,
): string {
  if (platform === 'win32') return environment.APPDATA ?? path.join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  return environment.XDG_CONFIG_HOME ?? path.join(home, '.config')
}

/** The workspace file of the app and the CLI: `LAYERLOOM_WORKSPACE`, or `workspace.loom.db` among the app's data. */
export function defaultWorkspaceFile(surroundings: Surroundings = thisProcess()): string {
  const { LAYERLOOM_WORKSPACE: named } = surroundings.environment
  return named ? path.resolve(named) : path.join(userDataFolder(surroundings), 'workspace.loom.db')
}

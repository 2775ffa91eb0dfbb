import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultWorkspaceFile, userDataFolder } from '../../../src-main/services/user-data.ts'

const on = (platform: NodeJS.Platform, environment: Record<string, string> = {}) => ({
  platform,
  environment,
  home: '/home/ada',
})

describe('the place of the user data', () => {
  it.each([
    ['linux', {}, '/home/ada/.config/LayerLoom'],
    ['linux', { XDG_CONFIG_HOME: '/etc/ada' }, '/etc/ada/LayerLoom'],
    ['darwin', {}, '/home/ada/Library/Application Support/LayerLoom'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/LayerLoom'],
    ['linux', { LAYERLOOM_USER_DATA: '/somewhere' }, '/somewhere'],
  ] as const)('on %s with %o is %s', (platform, environment, folder) => {
    expect(userDataFolder(on(platform, environment))).toBe(path.resolve(folder))
  })

  it('holds the workspace, unless LAYERLOOM_WORKSPACE names another file', () => {
    expect(defaultWorkspaceFile(on('linux'))).toBe(
      path.resolve('/home/ada/.config/LayerLoom/workspace.loom.db'),
    )
    expect(defaultWorkspaceFile(on('linux', { LAYERLOOM_WORKSPACE: '/w/other.loom.db' }))).toBe(
      path.resolve('/w/other.loom.db'),
    )
  })
})

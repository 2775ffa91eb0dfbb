import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

const driverFile = 'vk_swiftshader_icd.json'
const loader = 'libvulkan.so.1'

/**
 * Environment with which WebGPU runs on the processor, through the SwiftShader that Chromium and Electron bring along;
 * undefined where none of them is found (on Linux; elsewhere there is a GPU or none).
 */
export function softwareGpu(): Record<string, string> | undefined {
  if (process.platform !== 'linux') return undefined
  const folder = candidates().find(
    (candidate) => existsSync(path.join(candidate, driverFile)) && hasLoader(candidate),
  )
  if (folder === undefined) return undefined
  return {
    VK_DRIVER_FILES: path.join(folder, driverFile),
    LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? '/tmp',
  }
}

function candidates(): string[] {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'layerloom')
  const fallbacks = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('electron')) : []
  return [
    path.resolve('node_modules/electron/dist'),
    ...fallbacks.map((name) => path.join(cache, name)),
    '/usr/lib/chromium',
  ]
}

function hasLoader(folder: string): boolean {
  const systemFolders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib']
  return [folder, ...systemFolders].some((place) => existsSync(path.join(place, loader)))
}

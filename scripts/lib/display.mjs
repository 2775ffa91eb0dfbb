// Displays: whether there is one, and a virtual one for tests.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { onPath } from './system-packages.mjs'

/** Whether a window can be shown. Only on Linux can a machine be without a display. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Command-line switches that Electron needs on this machine. */
export function electronSwitches() {
  if (process.platform !== 'linux') return []
  const switches = []
  // Chromium refuses to run its sandbox as root.
  if (process.getuid?.() === 0) switches.push('--no-sandbox')
  // Without a GPU (under Xvfb there is none) it would show an unpainted window.
  if (!existsSync('/dev/dri') || process.env.LAYERLOOM_VIRTUAL_DISPLAY) switches.push('--disable-gpu')
  return switches
}

/**
 * Starts Xvfb on a free display and sets DISPLAY for this process and its children.
 * @returns {Promise<() => void>} stops it
 * @throws where Xvfb is not installed or does not start
 */
export async function startVirtualDisplay() {
  if (!onPath('Xvfb')) throw new Error('Xvfb is not installed (Debian package xvfb).')
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const display = await new Promise((resolve, reject) => {
    let text = ''
    server.stdout.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text.trim())
    })
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`Xvfb ended with code ${code}.`)))
  })
  process.env.DISPLAY = `:${display}`
  process.env.LAYERLOOM_VIRTUAL_DISPLAY = '1'
  delete process.env.WAYLAND_DISPLAY
  return () => server.kill()
}

// Running other programs.
import { spawn } from 'node:child_process'

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [quiet] collects the output instead of showing it
 * @property {number} [timeoutSeconds] kills the program after this time
 * @property {boolean} [shell]
 */

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ ok: boolean, code: number | null, output: string, timedOut: boolean }>} never rejects: a
 *   program that cannot be started is `ok: false` with the reason as its output.
 */
export function run(command, args, options = {}) {
  const { quiet = false, timeoutSeconds, ...rest } = options
  const output = quiet ? 'pipe' : 'inherit'
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', output, output], ...rest })
    let text = ''
    let timedOut = false
    child.stdout?.on('data', (chunk) => (text += chunk))
    child.stderr?.on('data', (chunk) => (text += chunk))
    const timer =
      timeoutSeconds &&
      setTimeout(() => {
        timedOut = true
        child.kill('SIGKILL')
      }, timeoutSeconds * 1000)
    /** @type {(code: number | null, reason?: string) => void} */
    const finish = (code, reason = '') => {
      clearTimeout(timer)
      resolve({ ok: code === 0, code, output: text + reason, timedOut })
    }
    child.on('error', (error) => finish(null, error.message))
    child.on('close', (code) => finish(code))
  })
}

/**
 * Runs npm: the one that runs this script where there is one, else the one on the PATH.
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runNpm(args, options = {}) {
  const { npm_execpath: npmScript, npm_node_execpath: npmNode } = process.env
  if (npmScript && npmNode) return run(npmNode, [npmScript, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}

/**
 * Prints one line of progress.
 * @param {string} line
 */
export function say(line) {
  console.log(line)
}

/**
 * A duration for progress lines.
 * @param {number} start a `performance.now()`
 */
export function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`
}

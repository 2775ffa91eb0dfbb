// Running other programs.
import { spawn } from 'node:child_process'

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, timeoutSeconds?: number, shell?: boolean }} [options]
 *   `quiet` collects the output instead of showing it.
 * @returns {Promise<{ ok: boolean, code: number | null, output: string, timedOut: boolean }>} never rejects: a
 *   program that cannot be started is `ok: false` with the reason as its output.
 */
export function run(command, args, options = {}) {
  const { quiet = false, timeoutSeconds, ...rest } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', ...outputs(quiet)], ...rest })
    let output = ''
    let timedOut = false
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    const timer =
      timeoutSeconds &&
      setTimeout(() => {
        timedOut = true
        child.kill('SIGKILL')
      }, timeoutSeconds * 1000)
    const finish = (code, text = '') => {
      clearTimeout(timer)
      resolve({ ok: code === 0, code, output: output + text, timedOut })
    }
    child.on('error', (error) => finish(null, error.message))
    child.on('close', (code) => finish(code))
  })
}

const outputs = (quiet) => (quiet ? ['pipe', 'pipe'] : ['inherit', 'inherit'])

/** Runs npm: the one that runs this script where there is one, else the one on the PATH. */
export function runNpm(args, options = {}) {
  const { npm_execpath: npmScript, npm_node_execpath: npmNode } = process.env
  if (npmScript && npmNode) return run(npmNode, [npmScript, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** Prints one line of progress. */
export function say(line) {
  console.log(line)
}

/** A duration since `start` (a `performance.now()`), for progress lines. */
export function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`
}

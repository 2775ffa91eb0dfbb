import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'
import { findPythonPeers } from '../../scripts/lib/python-peers.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface PythonOptions {
  /** Sent to the program as one JSON document on its standard input. */
  readonly input?: unknown
  /** Command-line arguments, such as paths of files that are too large for JSON. */
  readonly args?: readonly string[]
  /** 600 by default, against hanging only: on a slow disk importing TensorFlow alone takes minutes. */
  readonly timeoutSeconds?: number
}

/**
 * The Python with the reference frameworks (tests/support/requirements.txt): the one named by LAYERLOOM_PYTHON,
 * else the environment that `node scripts/setup.mjs --test` made, else undefined.
 */
export function findPython(): string | undefined {
  return process.env.LAYERLOOM_PYTHON || findPythonPeers()
}

/**
 * Runs a Python program and returns the JSON document that it printed on its standard output.
 * @param script path relative to the repository, for example `tests/parity/keras-forward.py`
 * @throws with the program's error output, if it fails, prints no JSON or takes too long
 */
export async function runPython(script: string, options: PythonOptions = {}): Promise<unknown> {
  const python = findPython()
  if (python === undefined) throw new Error('The Python peers are not installed; see docs/development.md.')
  const { code, output, errors } = await finish(
    python,
    [path.join(root, script), ...(options.args ?? [])],
    options,
  )
  if (code !== 0)
    throw new Error(`${script} ended with ${code ?? 'a signal or a time-out'}:\n${errors.slice(-4000)}`)
  try {
    return JSON.parse(output)
  } catch (cause) {
    throw new Error(
      `${script} did not print one JSON document:\n${output.slice(0, 1000)}\n${errors.slice(-1000)}`,
      {
        cause,
      },
    )
  }
}

/**
 * TensorFlow without oneDNN: what we compare with is to be plain, and TensorFlow 2.21's max pooling by oneDNN ends the process
 * with a division by zero on some Intel processors (Sapphire Rapids).
 */
const peerEnvironment = {
  TF_CPP_MIN_LOG_LEVEL: '3',
  TF_ENABLE_ONEDNN_OPTS: '0',
  CUDA_VISIBLE_DEVICES: '',
  PYTHONUNBUFFERED: '1',
}

function finish(python: string, args: readonly string[], options: PythonOptions) {
  return new Promise<{ code: number | null; output: string; errors: string }>((resolve, reject) => {
    const child = spawn(python, args, {
      cwd: root,
      env: { ...process.env, ...peerEnvironment },
      timeout: (options.timeoutSeconds ?? 600) * 1000,
    })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output, errors }))
    // A program that ends without reading its input is not an error of ours: its exit code tells.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input === undefined ? '' : JSON.stringify(options.input))
  })
}

/**
 * `describe` for tests that compare with Python. Without the peers they are skipped, by name, except in CI,
 * where their absence is a failure.
 */
export function describeWithPython(name: string, define: () => void): void {
  if (findPython() !== undefined) {
    describe(name, define)
  } else if (process.env.CI) {
    describe(name, () => {
      it('has the Python peers that CI must have', () => {
        throw new Error('The Python peers are not installed: run `node scripts/python-peers.mjs` to see why.')
      })
    })
  } else {
    describe.skip(`${name} (needs the Python peers)`, define)
  }
}

import { spawn } from 'node:child_process'

export interface ProgramOptions {
  readonly environment?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/** How a program ended: `ok` with exit code 0. `output` is the end of what it said; or why it could not be started. */
export interface ProgramResult {
  readonly ok: boolean
  readonly output: string
}

const outputLimit = 20_000

/** Runs a program to its end. Never rejects; an abort kills the program. */
export function runProgram(
  program: string,
  args: readonly string[],
  { environment = {}, signal }: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
      ...(signal ? { signal, killSignal: 'SIGKILL' } : {}),
    })
    let output = ''
    const collect = (text: string) => {
      output = (output + text).slice(-outputLimit)
    }
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.on('error', (error) => resolve({ ok: false, output: output + error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
}

/** The first program of the list that runs with these arguments. */
export async function firstProgram(
  programs: readonly string[],
  args: readonly string[],
): Promise<string | undefined> {
  for (const program of programs) if ((await runProgram(program, args)).ok) return program
  return undefined
}

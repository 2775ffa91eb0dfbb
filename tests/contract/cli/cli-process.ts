import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { runCli } from '../../../src-main/cli/run-cli.ts'

const entry = fileURLToPath(new URL('../../../src-main/cli/index.ts', import.meta.url))

export interface CliResult {
  readonly exitCode: number | null
  readonly out: string
  readonly error: string
}

export interface CliOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Called with what is on standard error so far, whenever there is more; may end the process by a signal. */
  readonly onError?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
}

const problemReplySchema = z.object({
  problems: z.array(z.object({ code: z.string(), message: z.string(), severity: z.string() })),
})

/** The command line over a workspace of its own. */
abstract class Cli {
  readonly folder: string

  /** `folder` holds the workspace and whatever a test writes; a fresh one by default. */
  constructor(folder = mkdtempSync(path.join(tmpdir(), 'layerloom-cli-'))) {
    this.folder = folder
  }

  inFolder(name: string): string {
    return path.join(this.folder, name)
  }

  abstract run(args: readonly string[], options?: CliOptions): Promise<CliResult>

  /** Runs with --json and parses standard output, which must be one JSON object and nothing else. */
  async json<T extends z.ZodType>(
    schema: T,
    args: readonly string[],
    options: CliOptions = {},
  ): Promise<CliResult & { readonly value: z.output<T> }> {
    const result = await this.run([...args, '--json'], options)
    let parsed: unknown
    try {
      parsed = JSON.parse(result.out)
    } catch (cause) {
      throw new Error(`not JSON: ${JSON.stringify(result)}`, { cause })
    }
    const value = schema.safeParse(parsed)
    if (!value.success) throw new Error(`${z.prettifyError(value.error)}\n${result.out}\n${result.error}`)
    return { ...result, value: value.data }
  }

  /** The exit code and the codes of the problems of a command that is expected to fail. */
  async problems(
    args: readonly string[],
    options: CliOptions = {},
  ): Promise<{
    readonly exitCode: number | null
    readonly codes: readonly string[]
    readonly message: string
  }> {
    const { exitCode, value } = await this.json(problemReplySchema, args, options)
    return {
      exitCode,
      codes: value.problems.map((problem) => problem.code),
      message: value.problems[0]?.message ?? '',
    }
  }
}

/** As people run it: a process for every call. */
export class CliProcess extends Cli {
  override run(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    const child = spawn(process.execPath, [entry, ...args], {
      cwd: this.folder,
      env: {
        ...process.env,
        LAYERLOOM_USER_DATA: this.inFolder('user-data'),
        LAYERLOOM_WORKSPACE: this.inFolder('workspace.loom.db'),
        // Without engines that were installed on request: `auto` would load them every time.
        LAYERLOOM_ENGINES: '/nowhere',
        ...options.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let error = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      error += text
      options.onError?.(error, (signal) => child.kill(signal))
    })
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (exitCode) => resolve({ exitCode, out, error }))
    })
  }
}

/** The same without the process, for tables of many small cases. */
export class CliInProcess extends Cli {
  override async run(args: readonly string[]): Promise<CliResult> {
    let out = ''
    let error = ''
    const exitCode = await runCli(['--workspace', this.inFolder('workspace.loom.db'), ...args], {
      out: (text) => {
        out += text
      },
      error: (text) => {
        error += text
      },
      terminal: undefined,
    })
    return { exitCode, out, error }
  }
}

import { CommanderError } from 'commander'
import { ProblemError, problem } from '../../src-core/problems.ts'
import type { Application } from '../services/application.ts'
import { defaultWorkspaceFile } from '../services/user-data.ts'
import type { CommandContext, Streams } from './command-context.ts'
import type { ExitCode } from './exit-codes.ts'
import { buildProgram, type Execute } from './program.ts'
import { problemLines, type Reply, refused } from './reply.ts'

/** Understands and runs one command line; returns the process's exit code. Never throws. */
export async function runCli(commandLine: readonly string[], streams: Streams): Promise<ExitCode> {
  const json = commandLine.includes('--json')
  let exitCode: ExitCode = 0
  const execute: Execute = async (options, work) => {
    const reply = await attempt(work, options.workspace ?? defaultWorkspaceFile(), json, streams)
    say(reply, json, streams)
    exitCode = reply.exitCode
  }
  const usage: string[] = []
  const program = buildProgram(execute, {
    writeOut: (text) => streams.out(text),
    writeErr: (text) => usage.push(text),
  })
  try {
    await program.parseAsync([...commandLine], { from: 'user' })
  } catch (error) {
    const reply = misunderstood(error, usage)
    if (reply === undefined) return 0
    say(reply, json, streams)
    return reply.exitCode
  }
  return exitCode
}

async function attempt(
  work: (context: CommandContext) => Promise<Reply>,
  workspaceFile: string,
  json: boolean,
  streams: Streams,
): Promise<Reply> {
  let opened: Application | undefined
  const context: CommandContext = {
    workspaceFile,
    streams,
    json,
    application: async () => {
      opened ??= await open(workspaceFile)
      return opened
    },
  }
  try {
    return await work(context)
  } catch (error) {
    return refused([unexpected(error)])
  } finally {
    await opened?.close()
  }
}

async function open(workspaceFile: string): Promise<Application> {
  // Loaded here, because opening SQLite is most of a small command's start.
  const { openCliApplication } = await import('./cli-application.ts')
  return openCliApplication(workspaceFile)
}

function unexpected(error: unknown) {
  if (error instanceof ProblemError) return error.problem
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return problem('internal.bug', 'Something went wrong inside LayerLoom.', {
    hint: `Please report this: ${detail}`,
  })
}

/** The reply to a command line that commander ended; undefined when it only showed help or the version. */
function misunderstood(error: unknown, usage: readonly string[]): Reply | undefined {
  if (!(error instanceof CommanderError)) return refused([unexpected(error)])
  if (error.exitCode === 0) return undefined
  const help = error.code === 'commander.help'
  const lines = help ? ['No command was given.'] : usage.join('').trim().split('\n')
  const message = (lines[0] ?? error.message).replace(/^error: /, '')
  const hint = help ? 'See --help for the commands.' : lines.slice(1).join(' ') || 'See --help.'
  return refused([problem('usage.invalid', capitalised(message), { hint })])
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?)]$/.test(text) ? '' : '.'}`
}

function say(reply: Reply, json: boolean, streams: Streams): void {
  if (json) {
    streams.out(`${JSON.stringify(reply.json)}\n`)
    return
  }
  if (reply.problems.length > 0) streams.error(problemLines(reply.problems))
  if (reply.text !== '') streams.out(reply.text)
}

import { statfs } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { ProblemError } from '../../../src-core/problems.ts'
import { loadedSqliteVersion, sqliteSupportProblem } from '../../workspace/sqlite-support.ts'
import type { CommandContext } from '../command-context.ts'
import type { Reply } from '../reply.ts'
import { bytes } from '../table.ts'
import { findElectron } from './find-electron.ts'

interface Check {
  readonly name: string
  readonly status: 'ok' | 'warning' | 'failed'
  readonly detail: string
  /** What to do about it. */
  readonly fix?: string
}

const gigabyte = 1024 ** 3

/** Checks everything that LayerLoom needs of a machine. Exit code 3 when something it cannot do without is missing. */
export async function doctor(context: CommandContext): Promise<Reply> {
  const checks: Check[] = [nodeCheck(), sqliteCheck()]
  // A SQLite that does not fit this Node would end the process, not fail.
  if (checks.every((check) => check.status !== 'failed')) {
    checks.push(await workspaceCheck(context), ...(await engineChecks(context)))
  }
  checks.push(await electronCheck(), await diskCheck(context.workspaceFile), memoryCheck())
  const failed = checks.some((check) => check.status === 'failed')
  return {
    exitCode: failed ? 3 : 0,
    json: { ok: !failed, checks },
    text: checks.map(line).join(''),
    problems: [],
  }
}

const marks = { ok: '✓', warning: '!', failed: '✗' } as const

function line(check: Check): string {
  const fix = check.fix === undefined ? '' : `\n  ${' '.repeat(12)}${check.fix}`
  return `${marks[check.status]} ${check.name.padEnd(12)}${check.detail}${fix}\n`
}

function nodeCheck(): Check {
  const detail = `Node ${process.versions.node} on ${process.platform} ${process.arch}`
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return { name: 'Node', status: 'ok', detail }
  return {
    name: 'Node',
    status: 'failed',
    detail: `${detail}; 22.18 or newer is needed.`,
    fix: 'Use the npm scripts (npm run cli -- doctor): they bring a fitting Node.',
  }
}

function sqliteCheck(): Check {
  const version = loadedSqliteVersion()
  const problem = sqliteSupportProblem(version, process.versions.napi, process.versions.node)
  if (version !== undefined && problem === undefined) {
    return { name: 'SQLite', status: 'ok', detail: `better-sqlite3 ${version}` }
  }
  return {
    name: 'SQLite',
    status: 'failed',
    detail: problem?.message ?? 'better-sqlite3 is not installed.',
    fix: problem?.hint ?? 'Run npm run setup.',
  }
}

async function workspaceCheck(context: CommandContext): Promise<Check> {
  try {
    await context.application()
    return { name: 'Workspace', status: 'ok', detail: `${context.workspaceFile} can be read and written` }
  } catch (error) {
    const { message, hint } = told(error)
    return {
      name: 'Workspace',
      status: 'failed',
      detail: message,
      ...(hint === undefined ? {} : { fix: hint }),
    }
  }
}

function told(error: unknown): { message: string; hint?: string | undefined } {
  if (error instanceof ProblemError) return error.problem
  return { message: error instanceof Error ? error.message : String(error) }
}

async function engineChecks(_context: CommandContext): Promise<Check[]> {
  const { probeEngines } = await import('../cli-application.ts')
  const engines = await probeEngines()
  const none = engines.every((engine) => !engine.available)
  return engines.map((engine) => ({
    name: engine.engine,
    status: engine.available ? 'ok' : none ? 'failed' : 'warning',
    detail: engine.available ? engine.device : `not available: ${engine.detail}`,
    ...(none ? { fix: 'Install the packages again: npm ci --ignore-scripts, then npm run setup.' } : {}),
  }))
}

async function electronCheck(): Promise<Check> {
  const found = await findElectron()
  if (found !== undefined) {
    return { name: 'Electron', status: 'ok', detail: `${found.kind}, ${found.path}` }
  }
  return {
    name: 'Electron',
    status: 'warning',
    detail: 'not installed; the command line works without it',
    fix: 'npm start (or npm run setup) installs it.',
  }
}

async function diskCheck(workspaceFile: string): Promise<Check> {
  const folder = await existingFolder(path.dirname(path.resolve(workspaceFile)))
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const detail = `${bytes(free)} free where the workspace is`
  if (free >= gigabyte) return { name: 'Disk', status: 'ok', detail }
  return {
    name: 'Disk',
    status: 'warning',
    detail,
    fix: 'Datasets and checkpoints need room: free at least 1 GB.',
  }
}

async function existingFolder(folder: string): Promise<string> {
  const parent = path.dirname(folder)
  return statfs(folder).then(
    () => folder,
    () => (parent === folder ? folder : existingFolder(parent)),
  )
}

function memoryCheck(): Check {
  const available = process.availableMemory()
  const detail = `${bytes(available)} available of ${bytes(os.totalmem())}, ${os.availableParallelism()} processors`
  if (available >= gigabyte) return { name: 'Memory', status: 'ok', detail }
  return {
    name: 'Memory',
    status: 'warning',
    detail,
    fix: 'Close other programs, or train with a small batch size.',
  }
}

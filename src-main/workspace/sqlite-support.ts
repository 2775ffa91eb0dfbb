import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { type Problem, problem } from '../../src-core/problems.ts'

/** Node-API version of the binaries in better-sqlite3 13 and later; an older Node dies loading them. */
const nodeApiOfBinaries = 10
const firstMajorOnNodeApi = 13

/**
 * The problem that keeps this SQLite package from running on this Node, if any. Asked before the binary is loaded,
 * because an older Node does not refuse it but ends in a segmentation fault.
 */
export function sqliteSupportProblem(
  packageVersion: string | undefined,
  nodeApiVersion: string | undefined,
  nodeVersion: string,
): Problem | undefined {
  const major = Number.parseInt(packageVersion ?? '', 10)
  if (!(major >= firstMajorOnNodeApi)) return undefined
  if (Number(nodeApiVersion ?? 0) >= nodeApiOfBinaries) return undefined
  return problem(
    'workspace.sqlite',
    `SQLite (better-sqlite3 ${packageVersion}) needs Node 22.14 or newer; this is Node ${nodeVersion}.`,
    { hint: 'Start LayerLoom through its npm scripts (npm start, npm run cli), which bring a fitting Node.' },
  )
}

/** Version of the better-sqlite3 that `import` gives here (a host may substitute another one), if it can be told. */
export function loadedSqliteVersion(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve('better-sqlite3')
    const manifest = readFileSync(path.join(path.dirname(entry), '..', 'package.json'), 'utf8')
    return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version
  } catch {
    return undefined
  }
}

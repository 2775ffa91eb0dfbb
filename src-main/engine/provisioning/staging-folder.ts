import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { failure, type Problem, type Result, success } from '../../../src-core/problems.ts'

/** Holds the process id of the installation that a staging folder belongs to. */
const ownerFile = 'owner'

/**
 * Makes a folder that appears when everything is in it. `fill` puts things into a staging folder beside it, over what a
 * killed installation left; whatever happens, nothing of it stays unless `fill` succeeded. `busy` is the answer where
 * another process is at it.
 */
export async function makeFolder(
  folder: string,
  busy: Problem,
  fill: (staging: string) => Promise<Result<object>>,
): Promise<Result<object>> {
  const staging = `${folder}.partial`
  if (!(await claim(staging))) return failure(busy)
  try {
    const made = await fill(staging)
    if (!made.ok) return made
    await rm(path.join(staging, ownerFile))
    await rename(staging, folder)
    return success({})
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Removes the folders within a folder whose names match; returns whether there was one. */
export async function removeFolders(within: string, names: RegExp): Promise<boolean> {
  if (!existsSync(within)) return false
  const found = (await readdir(within)).filter((name) => names.test(name))
  for (const name of found) await rm(path.join(within, name), { recursive: true, force: true })
  return found.length > 0
}

/** Makes an empty staging folder; false when another process is at work in it. */
async function claim(staging: string): Promise<boolean> {
  const owner = Number(await readFile(path.join(staging, ownerFile), 'utf8').catch(() => '0'))
  if (owner > 0 && isRunning(owner)) return false
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true })
  await writeFile(path.join(staging, ownerFile), String(process.pid))
  return true
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

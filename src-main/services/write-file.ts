import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import { errorCode } from './error-code.ts'

/**
 * Writes a file as a whole or not at all: into a new file beside it, through to the disk, then into its place. A full
 * disk, a crash or a power cut leaves either the old content or the new, never a part. Links are followed and the
 * file's permissions kept. Problem: `file.notWritten`, after which the old file is as it was.
 */
export async function writeFileAtomically(file: string, content: string | Uint8Array): Promise<Result<null>> {
  try {
    const target = await realpath(file).catch(() => path.resolve(file))
    const existing = await stat(target).catch(() => null)
    // A device or pipe cannot be replaced by a renamed file, and must not be.
    if (existing !== null && !existing.isFile() && !existing.isDirectory()) await writeFile(target, content)
    else await replaceFile(target, content, existing?.mode)
    return success(null)
  } catch (error) {
    return failure(notWritten(file, error))
  }
}

async function replaceFile(target: string, content: string | Uint8Array, mode?: number): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID()}.tmp`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (mode !== undefined) await chmod(temporary, mode & 0o7777)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(path.dirname(target))
}

/** Makes the rename itself durable, where the system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, constants.O_RDONLY)
    await handle.sync().finally(() => handle.close())
  } catch {
    // Windows cannot open folders; the content itself is safe.
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'the disk is read-only',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is not a folder',
  EISDIR: 'it is a folder',
  EBUSY: 'another program holds it',
}

function notWritten(file: string, error: unknown) {
  const reason = reasons[errorCode(error)] ?? (error instanceof Error ? error.message : String(error))
  return problem('file.notWritten', `"${file}" could not be written: ${reason}.`, {
    hint: 'Choose another place, or make room there and try again. What was there before is unchanged.',
  })
}

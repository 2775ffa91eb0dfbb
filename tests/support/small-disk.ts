import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A real file system of very little room, to fill up. */
export interface SmallDisk {
  readonly folder: string
  /** Uses up all room that is left. */
  fill(): void
  remove(): void
}

/** Mounts a small disk in memory; undefined where that is not allowed (it takes Linux and root). */
export function smallDisk(kilobytes: number): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmdirSync(folder)
    return undefined
  }
  return {
    folder,
    fill: () => fill(folder),
    remove: () => {
      execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
      rmdirSync(folder)
    },
  }
}

function fill(folder: string): void {
  const block = Buffer.alloc(4096)
  for (let index = 0; ; index += 1) {
    try {
      writeFileSync(path.join(folder, `filler-${index}`), block)
    } catch {
      return
    }
  }
}

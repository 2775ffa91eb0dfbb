import { existsSync, renameSync } from 'node:fs'

/**
 * Renames a workspace file, and what SQLite keeps beside it, so that a fresh one can take its place. Deletes nothing.
 * @returns the new name
 */
export function setAside(file: string, now: Date = new Date()): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-')
  const target = freeName(`${file}.damaged-${stamp}`)
  // The log goes first: a workspace without its log is still a workspace, a log without its workspace is nothing.
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix)
  }
  return target
}

function freeName(wanted: string): string {
  let name = wanted
  for (let number = 2; existsSync(name); number += 1) name = `${wanted}-${number}`
  return name
}

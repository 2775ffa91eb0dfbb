import { readFileSync } from 'node:fs'

/** Resident memory of a process in bytes, now and at most so far, from Linux; undefined elsewhere or when it is gone. */
export function processMemory(
  pid: number | undefined,
): { readonly resident: number; readonly peak: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const bytes = (name: string) =>
      1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1])
    const found = { resident: bytes('VmRSS'), peak: bytes('VmHWM') }
    return Number.isFinite(found.resident) && Number.isFinite(found.peak) ? found : undefined
  } catch {
    return undefined
  }
}

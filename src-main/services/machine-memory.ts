import { readFileSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'

/** Memory of this machine, or of the container that the app runs in, in bytes. */
export interface MachineMemory {
  /** What a new process can take without anything being ended or swapped out. */
  readonly available: number
  readonly total: number
}

type ReadText = (file: string) => string | undefined

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * What is free now. On Linux what the kernel calls available (free, or cache that it can give up), and no more than
 * the control groups of this process leave; elsewhere what the system calls free.
 */
export function machineMemory(read: ReadText = readText): MachineMemory {
  const information = read('/proc/meminfo')
  const total = kibibytes(information, 'MemTotal') ?? totalmem()
  const available = kibibytes(information, 'MemAvailable') ?? freemem()
  const groups = groupFolders(read('/proc/self/cgroup') ?? '')
  const limits = groups.flatMap((folder) => groupMemory(folder, read) ?? [])
  return {
    available: Math.max(0, Math.min(available, ...limits.map((limit) => limit.available))),
    total: Math.min(total, ...limits.map((limit) => limit.total)),
  }
}

/**
 * How many processes the system has ended here for want of memory since it started; undefined where it does not say.
 */
export function memoryKills(read: ReadText = readText): number | undefined {
  const found = /^oom_kill (\d+)$/m.exec(read('/proc/vmstat') ?? '')
  return found ? Number(found[1]) : undefined
}

function kibibytes(text: string | undefined, name: string): number | undefined {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text ?? '')
  return found ? 1024 * Number(found[1]) : undefined
}

/** Folders of the memory groups of a process and of the groups around them; both versions of control groups. */
function groupFolders(groups: string): string[] {
  return groups.split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? []
    if (path === undefined || controllers === undefined) return []
    const root = controllers === '' ? '/sys/fs/cgroup' : '/sys/fs/cgroup/memory'
    if (controllers !== '' && !controllers.split(',').includes('memory')) return []
    const parts = path.split('/').filter(Boolean)
    return [root, ...parts.map((_, index) => `${root}/${parts.slice(0, index + 1).join('/')}`)]
  })
}

/** What a group leaves; undefined where it sets no limit. Files it has cached can be given up and count as free. */
function groupMemory(folder: string, read: ReadText): MachineMemory | undefined {
  const limit = bytesIn(read(`${folder}/memory.max`) ?? read(`${folder}/memory.limit_in_bytes`))
  const used = bytesIn(read(`${folder}/memory.current`) ?? read(`${folder}/memory.usage_in_bytes`))
  if (limit === undefined || used === undefined) return undefined
  const statistics = read(`${folder}/memory.stat`) ?? ''
  const cached = /^(?:total_)?inactive_file (\d+)$/m.exec(statistics)
  return { available: limit - used + Number(cached?.[1] ?? 0), total: limit }
}

/** `max`, or a number near 2⁶³, is no limit. */
function bytesIn(text: string | undefined): number | undefined {
  const bytes = Number(text?.trim() || Number.NaN)
  return bytes < 2 ** 60 ? bytes : undefined
}

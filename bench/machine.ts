import { readFileSync } from 'node:fs'
import os from 'node:os'

/** The machine in words: processor, cores, memory, system. No names of hosts or people. */
export function describeMachine(): string {
  const [first] = os.cpus()
  const gibibytes = Math.round(os.totalmem() / 2 ** 30)
  return `${first?.model.trim() ?? 'unknown processor'}, ${os.cpus().length} cores, ${gibibytes} GiB memory, ${system()}`
}

function system(): string {
  try {
    const pretty = /PRETTY_NAME="(.+)"/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
    return pretty ?? os.type()
  } catch {
    return `${os.type()} ${os.release()}`
  }
}

/** How busy other work kept the processors while the bench ran: runnable processes per core. */
export function loadPerCore(): number {
  return (os.loadavg()[0] ?? 0) / os.cpus().length
}

import { availableParallelism, cpus } from 'node:os'

/** Threads this process may use at once. */
export function threadCount(): number {
  return availableParallelism()
}

/** The processor's own name. */
export function processorName(): string {
  const model = cpus()[0]?.model.trim() ?? ''
  return model === '' || model === 'unknown' ? `${process.arch} processor` : model.replaceAll(/\s+/g, ' ')
}

/** e.g. `Intel(R) Xeon(R) CPU @ 2.80GHz, 2 threads`. */
export function processorDevice(threads: number): string {
  return `${processorName()}, ${threads === 1 ? '1 thread' : `${threads} threads`}`
}

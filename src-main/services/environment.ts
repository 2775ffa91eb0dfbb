import { cpus, release, totalmem } from 'node:os'

/** What a run is remembered with, so that its speed and results can be understood later. */
export function describeEnvironment(appVersion: string): Record<string, string> {
  const processors = cpus()
  const model = processors[0]?.model.trim() ?? 'unknown processor'
  const { electron, node } = process.versions
  return {
    LayerLoom: appVersion,
    System: `${process.platform} ${release()} ${process.arch}`,
    Processor: `${model}, ${processors.length} cores`,
    Memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    Node: node,
    ...(electron === undefined ? {} : { Electron: electron }),
  }
}

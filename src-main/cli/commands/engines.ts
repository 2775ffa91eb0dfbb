import {
  type InstallableEngine,
  installableEngines,
  installableTitles,
} from '../../../src-core/ipc/contract.ts'
import type { EngineAvailability } from '../../engine/protocol.ts'
import { probeEngines, withEngines } from '../cli-application.ts'
import type { CommandContext } from '../command-context.ts'
import { ProgressLine } from '../progress-line.ts'
import { done, type Reply, refused } from '../reply.ts'
import { table } from '../table.ts'

/** Lists the engines of this version and whether they run on this machine; each is really started. */
export async function engines(_context: CommandContext): Promise<Reply> {
  return listed(await probeEngines())
}

/** Installs an engine, tries it and lists all; says every step on standard error. */
export async function installEngine({ streams, json }: CommandContext, name: string): Promise<Reply> {
  const engine = installable(name)
  const progress = json ? undefined : new ProgressLine(streams, installableTitles[engine], { plain: false })
  try {
    const installed = await withEngines((service) => {
      service.subscribe(({ step, fraction }) => {
        progress?.line(`${step} ...`)
        progress?.show(fraction, step)
      })
      return service.install(engine)
    })
    return installed.ok ? listed(installed.value) : refused(installed.problems)
  } finally {
    progress?.end()
  }
}

/** Removes an engine. */
export async function removeEngine(_context: CommandContext, name: string): Promise<Reply> {
  const engine = installable(name)
  const removed = await withEngines((service) => service.remove(engine))
  const title = installableTitles[engine]
  return done({ removed }, removed ? `${title} was removed.\n` : `${title} was not installed.\n`)
}

/** The parser lets no other names through. */
function installable(name: string): InstallableEngine {
  const found = installableEngines.find((engine) => engine === name)
  if (!found) throw new Error(`no engine that can be installed is called ${name}`)
  return found
}

function listed(found: readonly EngineAvailability[]): Reply {
  const rows = found.map(({ engine, available, device, detail }) => [
    engine,
    available ? 'yes' : 'no',
    device,
    detail,
  ])
  return done({ engines: found }, table(['engine', 'available', 'device', ''], rows))
}

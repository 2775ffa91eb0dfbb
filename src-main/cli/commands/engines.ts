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

/** Installs TensorFlow, tries it and lists the engines; says every step on standard error. */
export async function installEngine({ streams, json }: CommandContext): Promise<Reply> {
  const progress = json ? undefined : new ProgressLine(streams, 'TensorFlow', { plain: false })
  try {
    const installed = await withEngines((service) => {
      service.subscribe(({ step, fraction }) => {
        progress?.line(`${step} ...`)
        progress?.show(fraction, step)
      })
      return service.install()
    })
    return installed.ok ? listed(installed.value) : refused(installed.problems)
  } finally {
    progress?.end()
  }
}

/** Removes TensorFlow. */
export async function removeEngine(_context: CommandContext): Promise<Reply> {
  const removed = await withEngines((service) => service.remove())
  return done({ removed }, removed ? 'TensorFlow was removed.\n' : 'TensorFlow was not installed.\n')
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

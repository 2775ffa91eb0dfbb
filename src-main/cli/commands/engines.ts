import { probeEngines } from '../cli-application.ts'
import type { CommandContext } from '../command-context.ts'
import { done, type Reply } from '../reply.ts'
import { table } from '../table.ts'

/** Lists the engines of this version and whether they run on this machine; each is really started. */
export async function engines(_context: CommandContext): Promise<Reply> {
  const found = await probeEngines()
  const rows = found.map(({ engine, available, device, detail }) => [
    engine,
    available ? 'yes' : 'no',
    device,
    detail,
  ])
  return done({ engines: found }, table(['engine', 'available', 'device', ''], rows))
}

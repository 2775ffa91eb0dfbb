import type { RunEvent } from '../../../src-core/training/run-event.ts'
import type { EngineReply } from '../protocol.ts'

/** What a job can say and hear while it works. */
export interface JobContext {
  reply(reply: EngineReply): void
  /** Aborted when main asks the job to stop. Look at it between steps. */
  readonly stop: AbortSignal
}

/** Tells main about the run. */
export function tell(context: JobContext, event: RunEvent): void {
  context.reply({ type: 'event', event })
}

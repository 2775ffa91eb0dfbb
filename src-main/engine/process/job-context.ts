import type { RunEvent } from '../../../src-core/training/run-event.ts'
import type { EngineReply, PreviewQuestion } from '../protocol.ts'

/** What a job can say and hear while it works. */
export interface JobContext {
  reply(reply: EngineReply): void
  /** Calls `listener` with every question of main's, those that came before this call included. */
  onQuestion(listener: (question: PreviewQuestion) => void): void
  /** Aborted when main asks the job to stop. Look at it between steps. */
  readonly stop: AbortSignal
}

/** Tells main about the run. */
export function tell(context: JobContext, event: RunEvent): void {
  context.reply({ type: 'event', event })
}

import type { RunEvent } from '../../../src-core/training/run-event.ts'
import type { EngineReply, PreviewQuestion } from '../protocol.ts'

/** What a job can say and hear while it works. */
export interface JobContext {
  reply(reply: EngineReply): void
  /** Resolves when what was replied needs this thread no more; wait for it after large replies. */
  handedOver(): Promise<void>
  /** Calls `listener` with every question of main's, those that came before this call included. */
  onQuestion(listener: (question: PreviewQuestion) => void): void
  /** Aborted when main asks the job to stop. Look at it between steps. */
  readonly stop: AbortSignal
}

/** Tells main about the run. */
export function tell(context: JobContext, event: RunEvent): void {
  context.reply({ type: 'event', event })
}

/** Tells main about the run in an event that holds a checkpoint, and waits until it is on its way. */
export async function tellCheckpoint(context: JobContext, event: RunEvent): Promise<void> {
  tell(context, event)
  await context.handedOver()
}

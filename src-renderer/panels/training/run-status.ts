import type { RunStatus } from '../../../src-core/training/run-event.ts'
import type { Tone } from '../../ui/badge.tsx'

/** How a run's status is said and coloured everywhere. */
export const runStatusTexts: Readonly<Record<RunStatus, { readonly text: string; readonly tone: Tone }>> = {
  queued: { text: 'Getting ready', tone: 'neutral' },
  running: { text: 'Training', tone: 'accent' },
  finished: { text: 'Finished', tone: 'success' },
  stopped: { text: 'Stopped', tone: 'warning' },
  paused: { text: 'Paused', tone: 'warning' },
  failed: { text: 'Failed', tone: 'danger' },
}

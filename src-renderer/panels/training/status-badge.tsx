import { mark, t } from '../../../src-core/language/t.ts'
import type { RunStatus } from '../../../src-core/training/run-event.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

/** How a run's status is said and coloured everywhere. */
const statuses: Readonly<Record<RunStatus, { readonly text: string; readonly tone: Tone }>> = {
  queued: { text: mark('Getting ready'), tone: 'neutral' },
  running: { text: mark('Training', 'status'), tone: 'accent' },
  finished: { text: mark('Finished'), tone: 'success' },
  stopped: { text: mark('Stopped'), tone: 'warning' },
  paused: { text: mark('Paused'), tone: 'warning' },
  failed: { text: mark('Failed'), tone: 'danger' },
}

/** What has become of a run. */
export function StatusBadge({ status }: { readonly status: RunStatus }) {
  const { text, tone } = statuses[status]
  // `Training` is also what the panel is called; other languages need not say both with one word.
  return <Badge tone={tone}>{t(text, { context: 'status' })}</Badge>
}

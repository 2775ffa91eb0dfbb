import { FolderOpen, LayoutTemplate, ListChecks, PencilRuler } from 'lucide-react'
import { mark, t } from '../../../src-core/language/t.ts'
import type { RunStatus } from '../../../src-core/training/run-event.ts'
import {
  type CompareSide,
  compare,
  leaveCompare,
  openDrawing,
  sideOfFile,
  sideOfRun,
  useCompare,
} from '../../state/compare-store.ts'
import { useRuns } from '../../state/run-store.ts'
import { useTemplates } from '../../state/template-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

/** What the list of runs says of each. */
const statusWords: Readonly<Record<RunStatus, string>> = {
  queued: mark('queued'),
  running: mark('running'),
  finished: mark('finished'),
  stopped: mark('stopped'),
  failed: mark('failed'),
  paused: mark('paused'),
}

/** Enough to find the last experiments; the command line compares any two. */
const mostRuns = 12

/** Asks what a document shall be compared with: a file, a template, a run, the drawing itself. */
export function ComparePicker() {
  const subject = useCompare((state) => state.subject)
  return subject && <Choices subject={subject} />
}

function Choices({ subject }: { readonly subject: CompareSide }) {
  const templates = useTemplates() ?? []
  const runs = useRuns((state) => state.runs) ?? []
  const take = (before: CompareSide | undefined) => before && compare(before, subject)
  const drawing = openDrawing()
  const others = runs.filter(({ id }) => subject.title !== t('Run {{id}}', { id })).slice(0, mostRuns)
  return (
    <Dialog
      open
      onClose={leaveCompare}
      title={t('Compare {{what}} with', { what: subject.title.toLowerCase() })}
    >
      <div className="compare-picker">
        <Button icon={FolderOpen} onClick={() => void sideOfFile().then(take)}>
          {t('A file…')}
        </Button>
        {drawing && drawing.document !== subject.document && (
          <Button icon={PencilRuler} onClick={() => compare(subject, drawing)}>
            {t('This drawing')}
          </Button>
        )}
        {others.length > 0 && <h3>{t('Runs of this project')}</h3>}
        {others.map(({ id, name, status }) => (
          <Button key={id} icon={ListChecks} onClick={() => void sideOfRun(id).then(take)}>
            {runText(id, name, status)}
          </Button>
        ))}
        {templates.length > 0 && <h3>{t('Templates')}</h3>}
        {templates.map(({ id, title, document }) => (
          <Button key={id} icon={LayoutTemplate} onClick={() => take({ title: t(title), document })}>
            {t(title)}
          </Button>
        ))}
      </div>
    </Dialog>
  )
}

function runText(id: number, name: string, runStatus: RunStatus): string {
  const status = t(statusWords[runStatus])
  return name !== ''
    ? t('Run {{id}}, {{name}} ({{status}})', { id, name, status })
    : t('Run {{id}} ({{status}})', { id, status })
}

import { FolderOpen, LayoutTemplate, ListChecks, PencilRuler } from 'lucide-react'
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
  const others = runs.filter(({ id }) => subject.title !== `Run ${id}`).slice(0, mostRuns)
  return (
    <Dialog open onClose={leaveCompare} title={`Compare ${subject.title.toLowerCase()} with`}>
      <div className="compare-picker">
        <Button icon={FolderOpen} onClick={() => void sideOfFile().then(take)}>
          A file…
        </Button>
        {drawing && drawing.document !== subject.document && (
          <Button icon={PencilRuler} onClick={() => compare(subject, drawing)}>
            This drawing
          </Button>
        )}
        {others.length > 0 && <h3>Runs of this project</h3>}
        {others.map(({ id, name, status }) => (
          <Button key={id} icon={ListChecks} onClick={() => void sideOfRun(id).then(take)}>
            {`Run ${id}${name ? `, ${name}` : ''} (${status})`}
          </Button>
        ))}
        {templates.length > 0 && <h3>Templates</h3>}
        {templates.map(({ id, title, document }) => (
          <Button key={id} icon={LayoutTemplate} onClick={() => take({ title, document })}>
            {title}
          </Button>
        ))}
      </div>
    </Dialog>
  )
}

import { Columns2, Copy, Download, FileCode, Workflow } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { BlockView } from '../../../src-core/export/layer-text.ts'
import { exportMermaid, type MermaidDirection } from '../../../src-core/export/mermaid.ts'
import { call } from '../../bridge/call.ts'
import { useCompiled } from '../../state/compile-store.ts'
import { useProject } from '../../state/project-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { notify, notifyProblems } from '../../ui/toast-store.ts'
import { MermaidDiagram } from './mermaid-diagram.tsx'
import './mermaid-panel.css'

const directions = [
  { value: 'TB', label: 'Top to bottom' },
  { value: 'LR', label: 'Left to right' },
] as const
const views = [
  { value: 'both', label: 'Diagram and source', icon: Columns2 },
  { value: 'diagram', label: 'Only the diagram', icon: Workflow },
  { value: 'source', label: 'Only the source', icon: FileCode },
] as const
const blockSegments = [
  { value: 'opened', label: 'Blocks opened' },
  { value: 'collapsed', label: 'Blocks as one node' },
] as const
type View = (typeof views)[number]['value']

/** The drawing as Mermaid: rendered by mermaid itself and as text to copy or save. */
export function MermaidPanel() {
  const document = useProject((state) => state.document)
  const compiled = useCompiled()
  const [direction, setDirection] = useState<MermaidDirection>('TB')
  const [blocks, setBlocks] = useState<BlockView>('opened')
  const [view, setView] = useState<View>('both')
  const source = useMemo(
    () =>
      document && compiled && document.layers.length > 0
        ? exportMermaid(document, compiled, { direction, blocks })
        : null,
    [document, compiled, direction, blocks],
  )
  if (!document || source === null) {
    return (
      <EmptyState icon={Workflow} title="No diagram yet">
        As soon as there are layers on the canvas, their Mermaid diagram appears here.
      </EmptyState>
    )
  }
  return (
    <section className="mermaid-panel" aria-label="Mermaid">
      <div className="mermaid-panel__bar">
        <Segmented label="Direction" value={direction} segments={directions} onChange={setDirection} />
        {document.blocks && (
          <Segmented label="Blocks" value={blocks} segments={blockSegments} onChange={setBlocks} />
        )}
        <Segmented label="Show" value={view} segments={views} onChange={setView} />
        <span className="mermaid-panel__space" />
        <Button size="small" icon={Copy} onClick={() => void copy(source)}>
          Copy source
        </Button>
        <Button size="small" icon={Download} onClick={() => void saveSource(document.name, source)}>
          Save diagram…
        </Button>
      </div>
      <div className="mermaid-panel__body">
        {view !== 'source' && <MermaidDiagram source={source} />}
        {view !== 'diagram' && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling text must be reachable by keyboard
          <section className="mermaid-panel__source" aria-label="Mermaid source" tabIndex={0}>
            <pre>{source}</pre>
          </section>
        )}
      </div>
    </section>
  )
}

async function copy(text: string): Promise<void> {
  const answer = await call('clipboard.writeText', { text })
  if (answer.ok) notify({ tone: 'success', title: 'Mermaid source copied' })
  else notifyProblems(answer.problems)
}

async function saveSource(name: string, text: string): Promise<void> {
  const answer = await call('exports.saveText', { suggestedName: `${name}.mmd`, text })
  if (!answer.ok) notifyProblems(answer.problems)
  else if (answer.value) notify({ tone: 'success', title: 'Diagram saved', detail: answer.value.filePath })
}

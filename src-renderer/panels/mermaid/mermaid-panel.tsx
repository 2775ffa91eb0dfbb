import { Columns2, Copy, Download, FileCode, Workflow } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { BlockView } from '../../../src-core/export/layer-text.ts'
import { exportMermaid, type MermaidDirection } from '../../../src-core/export/mermaid.ts'
import { mark, t } from '../../../src-core/language/t.ts'
import { call } from '../../bridge/call.ts'
import { useCompiled } from '../../state/compile-store.ts'
import { useProject } from '../../state/project-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { type Segment, Segmented } from '../../ui/segmented.tsx'
import { notify, notifyProblems } from '../../ui/toast-store.ts'
import { MermaidDiagram } from './mermaid-diagram.tsx'
import './mermaid-panel.css'

const directions = [
  { value: 'TB', label: mark('Top to bottom') },
  { value: 'LR', label: mark('Left to right') },
] as const
const views = [
  { value: 'both', label: mark('Diagram and source'), icon: Columns2 },
  { value: 'diagram', label: mark('Only the diagram'), icon: Workflow },
  { value: 'source', label: mark('Only the source'), icon: FileCode },
] as const
const blockSegments = [
  { value: 'opened', label: mark('Blocks opened') },
  { value: 'collapsed', label: mark('Blocks as one node') },
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
      <EmptyState icon={Workflow} title={t('No diagram yet')}>
        {t('As soon as there are layers on the canvas, their Mermaid diagram appears here.')}
      </EmptyState>
    )
  }
  return (
    <section className="mermaid-panel" aria-label={t('Mermaid')}>
      <div className="mermaid-panel__bar">
        <Segmented
          label={t('Direction')}
          value={direction}
          segments={directions.map(spoken)}
          onChange={setDirection}
        />
        {document.blocks && (
          <Segmented
            label={t('Blocks')}
            value={blocks}
            segments={blockSegments.map(spoken)}
            onChange={setBlocks}
          />
        )}
        <Segmented label={t('Show')} value={view} segments={views.map(spoken)} onChange={setView} />
        <span className="mermaid-panel__space" />
        <Button size="small" icon={Copy} onClick={() => void copy(source)}>
          {t('Copy source')}
        </Button>
        <Button size="small" icon={Download} onClick={() => void saveSource(document.name, source)}>
          {t('Save diagram…')}
        </Button>
      </div>
      <div className="mermaid-panel__body">
        {view !== 'source' && <MermaidDiagram source={source} />}
        {view !== 'diagram' && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling text must be reachable by keyboard
          <section className="mermaid-panel__source" aria-label={t('Mermaid source')} tabIndex={0}>
            <pre>{source}</pre>
          </section>
        )}
      </div>
    </section>
  )
}

function spoken<T extends string>(segment: Segment<T>): Segment<T> {
  return { ...segment, label: t(segment.label) }
}

async function copy(text: string): Promise<void> {
  const answer = await call('clipboard.writeText', { text })
  if (answer.ok) notify({ tone: 'success', title: t('Mermaid source copied') })
  else notifyProblems(answer.problems)
}

async function saveSource(name: string, text: string): Promise<void> {
  const answer = await call('exports.saveText', { suggestedName: `${name}.mmd`, text })
  if (!answer.ok) notifyProblems(answer.problems)
  else if (answer.value) notify({ tone: 'success', title: t('Diagram saved'), detail: answer.value.filePath })
}

import { ListTree } from 'lucide-react'
import { useMemo } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { useCompile } from '../../state/compile-store.ts'
import { outlinePlace } from '../../state/outline-views.ts'
import { useProject } from '../../state/project-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { outlineLines } from './outline-lines.ts'
import { OutlineTree } from './outline-tree.tsx'

/** The model as a tree: what stands on the canvas, for reading and for going there. */
export function Outline() {
  const document = useProject((state) => state.drawing)
  const layers = useCompile((state) => state.layers)
  const place = useProject(({ project, entered }) => project && outlinePlace(project.id, entered))
  const outline = useMemo(
    () => document && outlineLines(document, (id) => layers.get(id)?.problems ?? []),
    [document, layers],
  )
  if (!outline || place === null || outline.lines.size === 0) {
    return (
      <EmptyState icon={ListTree} title={t('Nothing to list yet')}>
        {t('What stands on the canvas is listed here along the flow, with its wires and problems.')}
      </EmptyState>
    )
  }
  return <OutlineTree key={place} outline={outline} place={place} />
}

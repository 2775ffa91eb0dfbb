import { MousePointerClick } from 'lucide-react'
import { Trans } from 'react-i18next'
import { ReactFlowProvider } from 'reactflow'
import { t, translations } from '../../src-core/language/t.ts'
import { useProject } from '../state/project-store.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ArrangingNote } from './arranging-note.tsx'
import { BlockPath } from './block-path.tsx'
import { Canvas } from './canvas.tsx'
import { CanvasMenu } from './canvas-menu.tsx'
import { FocusNote } from './focus-note.tsx'
import { PaletteGhost } from './palette-ghost.tsx'
import { CanvasPickers } from './pickers/pickers.tsx'
import { SearchBar } from './search-bar.tsx'
import { TotalsStrip } from './totals-strip.tsx'

/** The canvas with its menu, and what to do first while it is empty. */
export function CanvasArea() {
  const empty = useProject((state) => state.document?.layers.length === 0)
  return (
    <ReactFlowProvider>
      <div className="canvas-column">
        <FocusNote />
        <main className="canvas" aria-label={t('Canvas')}>
          <CanvasMenu>
            <Canvas />
          </CanvasMenu>
          {empty && (
            <div className="canvas__hint">
              <EmptyState icon={MousePointerClick} title={t('Draw your network here')}>
                <Trans
                  i18n={translations}
                  i18nKey="Drag <b>Input</b> from the left onto this area, double-click it, or press <b>/</b> and type its name. Each layer you add next is wired to the selected one; end with <b>Output</b>."
                  components={{ b: <strong /> }}
                />
              </EmptyState>
            </div>
          )}
          <BlockPath />
          <ArrangingNote />
          <SearchBar />
          <PaletteGhost />
          <CanvasPickers />
        </main>
        <TotalsStrip />
      </div>
    </ReactFlowProvider>
  )
}

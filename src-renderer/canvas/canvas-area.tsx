import { MousePointerClick } from 'lucide-react'
import { ReactFlowProvider } from 'reactflow'
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
        <main className="canvas" aria-label="Canvas">
          <CanvasMenu>
            <Canvas />
          </CanvasMenu>
          {empty && (
            <div className="canvas__hint">
              <EmptyState icon={MousePointerClick} title="Draw your network here">
                Drag <strong>Input</strong> from the left onto this area, double-click it, or press{' '}
                <strong>/</strong> and type its name. Each layer you add next is wired to the selected one;
                end with <strong>Output</strong>.
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

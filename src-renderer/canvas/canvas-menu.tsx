import { Copy, Maximize, MousePointer2, Trash2, Wand } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { type CommandName, runCommand } from '../app/commands.ts'
import { shortcutText } from '../app/shortcuts.ts'
import { useProject } from '../state/project-store.ts'
import { ContextMenu, type MenuEntry } from '../ui/menu.tsx'

/** The menu at the pointer over the canvas; a layer or wire that is not selected becomes the selection first. */
export function CanvasMenu({ children }: { readonly children: ReactNode }) {
  const layers = useProject((state) => state.selectedLayers.size)
  const wires = useProject((state) => state.selectedConnections.size)
  const nothing = layers + wires === 0
  const entries: readonly MenuEntry[] = [
    { label: 'Duplicate', icon: Copy, disabled: layers === 0, ...does('duplicate') },
    { label: 'Delete', icon: Trash2, disabled: nothing, danger: !nothing, ...does('delete') },
    { type: 'separator' },
    { label: 'Select all', icon: MousePointer2, ...does('selectAll') },
    { label: 'Tidy', icon: Wand, ...does('tidy') },
    { label: 'Zoom to fit', icon: Maximize, ...does('zoomToFit') },
  ]
  return (
    <ContextMenu entries={entries}>
      <div className="canvas__surface" onContextMenuCapture={selectUnderPointer}>
        {children}
      </div>
    </ContextMenu>
  )
}

function does(command: CommandName) {
  const shortcut = shortcutText(command)
  return { onSelect: () => runCommand(command), ...(shortcut === undefined ? {} : { shortcut }) }
}

function selectUnderPointer(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return
  const { selectedLayers, selectedConnections, select } = useProject.getState()
  const layer = event.target.closest('.react-flow__node')?.getAttribute('data-id')
  const wire = event.target.closest('.react-flow__edge')?.getAttribute('data-id')
  if (layer && !selectedLayers.has(layer)) select([layer])
  if (wire && !selectedConnections.has(wire)) select([], [wire])
}

import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceAround,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceAround,
  ArrowDown,
  ArrowDownToLine,
  ArrowRight,
  ArrowUpToLine,
  Cable,
  CircleSlash,
  ClipboardPaste,
  Copy,
  CopyPlus,
  FolderOpen,
  Frame,
  Group,
  type LucideIcon,
  Maximize,
  MousePointer2,
  PackageOpen,
  Pencil,
  Pin,
  Plus,
  Replace,
  Scissors,
  StickyNote,
  Trash2,
  Unplug,
  Wand,
} from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { isBypassed, isPinned } from '../../src-core/document/layer-edits.ts'
import { t } from '../../src-core/language/t.ts'
import type { CommandName } from '../app/command-names.ts'
import { runCommand, whyUnavailable } from '../app/commands.ts'
import { shortcutText } from '../app/shortcuts.ts'
import { useProject } from '../state/project-store.ts'
import { ContextMenu, type MenuEntry } from '../ui/menu.tsx'
import { noteIdOf } from './notes/note-nodes.ts'

const separator: MenuEntry = { type: 'separator' }

/** The menu at the pointer over the canvas; a layer or wire that is not selected becomes the selection first. */
export function CanvasMenu({ children }: { readonly children: ReactNode }) {
  const layers = useProject((state) => state.selectedLayers)
  const wires = useProject((state) => state.selectedConnections.size)
  const notes = useProject((state) => state.selectedNotes.size)
  // What can be done depends on more than the selection: wires, for one.
  const document = useProject((state) => state.drawing)
  const bypassed = document?.layers.filter(({ id }) => layers.has(id)).every(isBypassed)
  const pinned = document?.layers.filter(({ id }) => layers.has(id)).every(isPinned)
  const ofLayer: readonly MenuEntry[] = [
    item('rename', t('Rename'), Pencil),
    item('replace', t('Replace by…'), Replace),
    item('bypass', t(bypassed ? 'Enable' : 'Bypass'), CircleSlash),
    item('makeBlock', t('Make a block'), Group),
    item('openBlock', t('Open the block'), FolderOpen),
    item('unpackBlock', t('Unpack the block'), PackageOpen),
    item('pin', t(pinned ? 'Unpin position' : 'Pin position'), Pin),
    item('connect', t('Connect to…'), Cable),
    item('disconnect', t('Remove a wire'), Unplug),
    item('focusBefore', t('Focus what leads here'), ArrowUpToLine),
    item('focusAfter', t('Focus what follows'), ArrowDownToLine),
    separator,
  ]
  const entries: readonly MenuEntry[] = [
    ...(layers.size > 0 ? ofLayer.filter((entry) => !('disabled' in entry && entry.disabled)) : []),
    ...(layers.size > 1 ? arrangeEntries(layers.size) : []),
    item('cut', t('Cut'), Scissors),
    item('copy', t('Copy'), Copy),
    item('paste', t('Paste'), ClipboardPaste),
    item('duplicate', t('Duplicate'), CopyPlus),
    { ...item('delete', t('Delete'), Trash2), danger: layers.size + wires + notes > 0 },
    ...(layers.size > 0 ? [item('deleteAndReconnect', t('Delete and reconnect'), Trash2)] : []),
    separator,
    item('add', t('Add a layer…'), Plus),
    item('note', t('Add a note'), StickyNote),
    item('frame', t(layers.size > 0 ? 'Frame the selection' : 'Add a frame'), Frame),
    item('selectAll', t('Select all'), MousePointer2),
    item('tidy', t('Tidy'), Wand),
    item('tidyDown', t('Tidy from top to bottom'), ArrowDown),
    item('tidyRight', t('Tidy from left to right'), ArrowRight),
    item('zoomToFit', t('Zoom to fit'), Maximize),
  ]
  return (
    <ContextMenu entries={entries}>
      <div className="canvas__surface" onContextMenuCapture={selectUnderPointer}>
        {children}
      </div>
    </ContextMenu>
  )
}

function arrangeEntries(count: number): readonly MenuEntry[] {
  return [
    { type: 'heading', label: t('Align') },
    item('alignLeft', t('Left edges'), AlignStartVertical),
    item('alignCentre', t('Centres'), AlignCenterVertical),
    item('alignRight', t('Right edges'), AlignEndVertical),
    item('alignTop', t('Top edges'), AlignStartHorizontal),
    item('alignMiddle', t('Middles'), AlignCenterHorizontal),
    item('alignBottom', t('Bottom edges'), AlignEndHorizontal),
    ...(count > 2
      ? [
          item('distributeHorizontally', t('Distribute horizontally'), AlignHorizontalSpaceAround),
          item('distributeVertically', t('Distribute vertically'), AlignVerticalSpaceAround),
        ]
      : []),
    separator,
  ]
}

function item(command: CommandName, label: string, icon: LucideIcon) {
  const shortcut = shortcutText(command)
  return {
    label,
    icon,
    disabled: whyUnavailable(command) !== undefined,
    onSelect: () => runCommand(command),
    ...(shortcut === undefined ? {} : { shortcut }),
  }
}

function selectUnderPointer(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return
  const { selectedLayers, selectedConnections, selectedNotes, select } = useProject.getState()
  const node = event.target.closest('.react-flow__node')?.getAttribute('data-id')
  const noteId = node ? noteIdOf({ id: node }) : undefined
  const wire = event.target.closest('.react-flow__edge')?.getAttribute('data-id')
  if (noteId !== undefined) {
    if (!selectedNotes.has(noteId)) select([], [], [noteId])
  } else if (node && !selectedLayers.has(node)) select([node])
  if (wire && !selectedConnections.has(wire)) select([], [wire])
}

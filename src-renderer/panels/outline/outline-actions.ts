import type { ItemInstance, TreeInstance } from '@headless-tree/core'
import { runCommand } from '../../app/commands.ts'
import { canvas } from '../../state/canvas-handle.ts'
import { useProject } from '../../state/project-store.ts'
import type { OutlineLine } from './outline-lines.ts'

type Tree = TreeInstance<OutlineLine>
type Item = ItemInstance<OutlineLine>

/** Selects what a line leads to and brings it into the middle of the canvas. */
export function choose(line: OutlineLine): void {
  canvas()?.show(leadsTo(line))
}

function leadsTo(line: OutlineLine): { readonly layerId: string } | { readonly noteId: string } {
  switch (line.type) {
    case 'layer':
      return { layerId: line.layer.id }
    case 'wire':
      return { layerId: line.other.id }
    case 'problem':
      return { layerId: line.layerId }
    default:
      return { noteId: line.note.id }
  }
}

/** Deletes the layer, note or frame of the active line and goes on to the line after it, or else before it. */
export function removeActive(tree: Tree): void {
  const item = tree.getFocusedItem()
  const line = item.getItemData()
  const { drawing, select } = useProject.getState()
  if (line.type === 'layer') select([line.layer.id])
  else if (line.type === 'frame' || line.type === 'note') select([], [], [line.note.id])
  else return
  const next = neighbour(tree, item)
  runCommand('delete')
  if (!next || useProject.getState().drawing === drawing) return
  goTo(tree, next)
}

function neighbour(tree: Tree, item: Item): Item | undefined {
  const { index, level } = item.getItemMeta()
  const after = tree.getItems().slice(index + 1)
  return after.find((other) => other.getItemMeta().level <= level) ?? item.getItemAbove()
}

/** Makes a line the active one and gives it the focus. */
export function goTo(tree: Tree, item: Item | undefined): void {
  if (!item) return
  item.setFocused()
  tree.updateDomFocus()
}

/** Goes so many lines down, or up by a negative number. */
export function goBy(tree: Tree, lines: number): void {
  const items = tree.getItems()
  const index = tree.getFocusedItem().getItemMeta().index + lines
  goTo(tree, items[Math.max(0, Math.min(items.length - 1, index))])
}

/** Opens the active line, or goes to the first one below it. */
export function openOrEnter(tree: Tree): void {
  const item = tree.getFocusedItem()
  if (!item.isFolder()) return
  if (item.isExpanded()) goBy(tree, 1)
  else item.expand()
}

/** Goes to the next line, going round, whose label begins with what was typed. */
export function goToTyped(tree: Tree, typed: string): void {
  const wanted = typed.toLowerCase()
  const { index } = tree.getFocusedItem().getItemMeta()
  // While a word goes on the active line may match still; a first letter leads on.
  const start = typed.length > 1 ? index : index + 1
  const items = tree.getItems()
  const inTurn = [...items.slice(start), ...items.slice(0, start)]
  goTo(
    tree,
    inTurn.find((item) => item.getItemName().toLowerCase().startsWith(wanted)),
  )
}

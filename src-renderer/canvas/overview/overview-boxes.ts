import { noteColours } from '../../../src-core/document/canvas-part.ts'
import { type LayerCategory, layerCategories } from '../../../src-core/layers/define-layer.ts'
import { categoryLook } from '../categories.ts'
import { type CanvasNode, isLayerNode } from '../flow-types.ts'
import { layerHeight, layerWidth } from '../geometry.ts'
import type { Box } from './overview-geometry.ts'

/** What stands on the map, in a colour of `overviewColours`. */
export interface ShownBox extends Box {
  readonly colour: number
  readonly selected: boolean
  /** Of notes and frames, which stand behind. */
  readonly faint: boolean
}

const unknownColour = 'var(--text-muted)'

/** CSS colours of what stands on the map: of the categories, of notes, of what is unknown. */
export const overviewColours: readonly string[] = [
  ...layerCategories.map((category) => categoryLook(category).colour),
  ...noteColours.map((colour) => `var(--note-${colour})`),
  unknownColour,
]

const colourOfCategory = new Map<LayerCategory, number>(
  layerCategories.map((category, index) => [category, index]),
)

function colourOf(node: CanvasNode): number {
  const unknown = overviewColours.length - 1
  if (isLayerNode(node)) {
    const category = node.data.face?.category
    return (category && colourOfCategory.get(category)) ?? unknown
  }
  const index = noteColours.findIndex(
    (colour) => colour === (node.data.note.colour ?? (node.data.note.kind === 'frame' ? 'grey' : 'yellow')),
  )
  return index < 0 ? unknown : layerCategories.length + index
}

/** The nodes of the canvas as the map shows them. */
export function shownBoxes(nodes: readonly CanvasNode[]): ShownBox[] {
  return nodes.map((node) => ({
    x: node.position.x,
    y: node.position.y,
    width: node.measured?.width ?? node.width ?? layerWidth,
    height: node.measured?.height ?? node.height ?? layerHeight,
    colour: colourOf(node),
    selected: node.selected ?? false,
    faint: !isLayerNode(node),
  }))
}

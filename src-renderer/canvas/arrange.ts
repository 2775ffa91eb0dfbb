import type { Edit } from '../../src-core/document/edits.ts'
import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { mark, t } from '../../src-core/language/t.ts'
import type { Size } from './arranging/elk-graph.ts'
import { layerHeight, layerWidth } from './geometry.ts'

export const alignments = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const
export type Alignment = (typeof alignments)[number]
export type DistributionAxis = 'horizontally' | 'vertically'

/** Of two layers and more, so that no singular is needed. */
const alignLabels: Readonly<Record<Alignment, string>> = {
  left: mark('Align {{layers}} layers left'),
  centre: mark('Align {{layers}} layers centre'),
  right: mark('Align {{layers}} layers right'),
  top: mark('Align {{layers}} layers top'),
  middle: mark('Align {{layers}} layers middle'),
  bottom: mark('Align {{layers}} layers bottom'),
}

const distributeLabels: Readonly<Record<DistributionAxis, string>> = {
  horizontally: mark('Distribute {{layers}} layers horizontally'),
  vertically: mark('Distribute {{layers}} layers vertically'),
}

interface Box {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type SizeOf = (layerId: string) => Size | undefined

/**
 * The edit that lines up layers on an edge or a middle of the box around all of them; undefined when nothing moves.
 */
export function alignEdit(
  document: ModelDocument,
  layerIds: ReadonlySet<string>,
  alignment: Alignment,
  sizeOf: SizeOf = () => undefined,
): Edit | undefined {
  const boxes = boxesOf(document, layerIds, sizeOf)
  if (boxes.length < 2) return undefined
  const left = Math.min(...boxes.map(({ x }) => x))
  const right = Math.max(...boxes.map(({ x, width }) => x + width))
  const top = Math.min(...boxes.map(({ y }) => y))
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height))
  const place: Readonly<Record<Alignment, (box: Box) => Partial<LayerNode['position']>>> = {
    left: () => ({ x: left }),
    centre: ({ width }) => ({ x: Math.round((left + right - width) / 2) }),
    right: ({ width }) => ({ x: right - width }),
    top: () => ({ y: top }),
    middle: ({ height }) => ({ y: Math.round((top + bottom - height) / 2) }),
    bottom: ({ height }) => ({ y: bottom - height }),
  }
  const positions = boxes.map((box) => ({ box, to: { x: box.x, y: box.y, ...place[alignment](box) } }))
  return moveEdit(t(alignLabels[alignment], { layers: boxes.length }), positions)
}

/**
 * The edit that leaves equal gaps between layers, the outermost staying where they are; undefined when nothing moves
 * or there are fewer than three.
 */
export function distributeEdit(
  document: ModelDocument,
  layerIds: ReadonlySet<string>,
  axis: DistributionAxis,
  sizeOf: SizeOf = () => undefined,
): Edit | undefined {
  const [at, size] = axis === 'horizontally' ? (['x', 'width'] as const) : (['y', 'height'] as const)
  const boxes = boxesOf(document, layerIds, sizeOf).toSorted((one, other) => one[at] - other[at])
  const [first] = boxes
  const last = boxes.at(-1)
  if (!first || !last || boxes.length < 3) return undefined
  const taken = boxes.reduce((sum, box) => sum + box[size], 0)
  const gap = (last[at] + last[size] - first[at] - taken) / (boxes.length - 1)
  let next = first[at]
  const positions = boxes.map((box) => {
    const to = { x: box.x, y: box.y, [at]: Math.round(next) }
    next += box[size] + gap
    return { box, to }
  })
  return moveEdit(t(distributeLabels[axis], { layers: boxes.length }), positions)
}

function boxesOf(document: ModelDocument, layerIds: ReadonlySet<string>, sizeOf: SizeOf): Box[] {
  return document.layers
    .filter(({ id }) => layerIds.has(id))
    .map(({ id, position }) => {
      const { width, height } = sizeOf(id) ?? { width: layerWidth, height: layerHeight }
      return { id, x: position.x, y: position.y, width, height }
    })
}

function moveEdit(
  label: string,
  places: readonly { readonly box: Box; readonly to: LayerNode['position'] }[],
): Edit | undefined {
  const moved = places.filter(({ box, to }) => to.x !== box.x || to.y !== box.y)
  if (moved.length === 0) return undefined
  const positions = Object.fromEntries(moved.map(({ box, to }) => [box.id, to]))
  return { type: 'group', label, edits: [{ type: 'moveLayers', positions }] }
}

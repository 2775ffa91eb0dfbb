import { blockIdOf } from '../../../src-core/document/blocks/block-kinds.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import './document-thumbnail.css'

const nodeWidth = 200
const nodeHeight = 80
const margin = 24

interface Box {
  readonly id: string
  readonly kind: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A small picture of a drawing: its layers, coloured by category, with its wires. Decorative. */
export function DocumentThumbnail({ document }: { readonly document: ModelDocument }) {
  const boxes = layerBoxes(document)
  if (boxes.length === 0) return <div className="thumbnail" aria-hidden />
  const centres = new Map(
    boxes.map((box) => [box.id, { x: box.x + box.width / 2, y: box.y + box.height / 2 }]),
  )
  return (
    <svg className="thumbnail" viewBox={frame(boxes)} aria-hidden="true">
      {document.connections.map((connection) => {
        const from = centres.get(connection.source)
        const to = centres.get(connection.target)
        if (!from || !to) return null
        return (
          <line key={connection.id} className="thumbnail__wire" x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        )
      })}
      {boxes.map(({ id, kind, ...box }) => (
        <rect key={id} {...box} rx="14" fill={categoryColour(kind)} />
      ))}
    </svg>
  )
}

/** Where the layers lie. A tall drawing is laid on its side, since thumbnails are wide. */
function layerBoxes({ layers }: ModelDocument): Box[] {
  const xs = layers.map((layer) => layer.position.x)
  const ys = layers.map((layer) => layer.position.y)
  const isTall = Math.max(...ys) - Math.min(...ys) > Math.max(...xs) - Math.min(...xs)
  return layers.map(({ id, kind, position }) =>
    isTall
      ? { id, kind, x: position.y, y: position.x, width: nodeHeight, height: nodeWidth }
      : { id, kind, x: position.x, y: position.y, width: nodeWidth, height: nodeHeight },
  )
}

function frame(boxes: readonly Box[]): string {
  const left = Math.min(...boxes.map((box) => box.x)) - margin
  const top = Math.min(...boxes.map((box) => box.y)) - margin
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin
  return `${left} ${top} ${right - left} ${bottom - top}`
}

function categoryColour(kind: string): string {
  const category = blockIdOf(kind) === undefined ? (layerDefinition(kind)?.category ?? 'Core') : 'Block'
  return `var(--category-${category.toLowerCase().replaceAll(' ', '-')})`
}

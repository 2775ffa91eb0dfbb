import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import './document-thumbnail.css'

const nodeWidth = 200
const nodeHeight = 80
const margin = 24

/** A small picture of a drawing: every layer where it lies, coloured by category, with its wires. Decorative. */
export function DocumentThumbnail({ document }: { readonly document: ModelDocument }) {
  if (document.layers.length === 0) return <div className="thumbnail" aria-hidden />
  const centres = new Map(
    document.layers.map((layer) => [
      layer.id,
      { x: layer.position.x + nodeWidth / 2, y: layer.position.y + nodeHeight / 2 },
    ]),
  )
  const xs = document.layers.map((layer) => layer.position.x)
  const ys = document.layers.map((layer) => layer.position.y)
  const left = Math.min(...xs) - margin
  const top = Math.min(...ys) - margin
  const width = Math.max(...xs) + nodeWidth + margin - left
  const height = Math.max(...ys) + nodeHeight + margin - top
  return (
    <svg className="thumbnail" viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
      {document.connections.map((connection) => {
        const from = centres.get(connection.source)
        const to = centres.get(connection.target)
        return (
          from &&
          to && (
            <line
              key={connection.id}
              className="thumbnail__wire"
              x1={from.x}
              y1={from.y}
              x2={to.x}
              y2={to.y}
            />
          )
        )
      })}
      {document.layers.map((layer) => (
        <rect
          key={layer.id}
          x={layer.position.x}
          y={layer.position.y}
          width={nodeWidth}
          height={nodeHeight}
          rx="14"
          fill={categoryColour(layer.kind)}
        />
      ))}
    </svg>
  )
}

function categoryColour(kind: string): string {
  const category = layerDefinition(kind)?.category ?? 'Core'
  return `var(--category-${category.toLowerCase().replaceAll(' ', '-')})`
}

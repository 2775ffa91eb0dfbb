import {
  emptyDocument,
  type LayerNode,
  type ModelDocument,
} from '../../../src-core/document/model-document.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'

type Parameters = LayerNode['parameters']

/** A layer whose id and name are the same. */
export function layer(id: string, kind: string, parameters: Parameters = {}): LayerNode {
  return { id, kind, name: id, parameters, position: { x: 0, y: 0 } }
}

/** Wires are written as "source > target" and go to the target's first port, in this order. */
export function drawing(layers: readonly LayerNode[], wires: readonly string[]): ModelDocument {
  return {
    ...emptyDocument('Drawing'),
    layers: [...layers],
    connections: wires.map((text, index) => {
      const [source = '', target = ''] = text.split(' > ')
      const kind = layers.find(({ id }) => id === target)?.kind ?? ''
      return {
        id: `w${index}`,
        source,
        sourcePort: 'output',
        target,
        targetPort: layerDefinition(kind)?.inputs[0]?.name ?? 'input',
      }
    }),
  }
}

/** Layers wired one after the other. */
export function chain(...layers: readonly LayerNode[]): ModelDocument {
  return drawing(
    layers,
    layers.slice(1).map((next, index) => `${layers[index]?.id} > ${next.id}`),
  )
}

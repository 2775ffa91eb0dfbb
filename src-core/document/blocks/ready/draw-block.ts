import { layerDefinition } from '../../../layers/catalogue.ts'
import type { BlockDefinition, Connection, ExposedParameter, LayerNode } from '../../model-document.ts'
import { blockInputKind, blockOutputKind, inputOfBlockOutput, outputOfBlockInput } from '../block-kinds.ts'

/** A layer of a ready block: its name, its kind, the layers that feed its ports in their order, what it sets, its column. */
export interface ReadyLayer {
  readonly name: string
  readonly kind: string
  readonly from: readonly string[]
  readonly parameters?: LayerNode['parameters']
  /** Left of the middle below 0, right of it above. */
  readonly column?: number
}

export interface ReadyDrawing {
  readonly id: string
  /** Between the ports `input` and `output`; the last one gives the output. Each stands below those that feed it. */
  readonly layers: readonly ReadyLayer[]
  /** Parameters of the block by name, each with the layers whose parameter it sets. */
  readonly exposes: Readonly<Record<string, readonly `${string}.${string}`[]>>
}

/** From one row or column to the next, in the canvas's pixels. */
const step = { x: 260, y: 130 }

/** The definition of a block with one input and one output, drawn from top to bottom. */
export function drawBlock({ id, layers, exposes }: ReadyDrawing): BlockDefinition {
  const rows = new Map([['input', 0]])
  for (const { name, from } of layers) {
    rows.set(name, 1 + Math.max(...from.map((source) => rows.get(source) ?? 0)))
  }
  const last = layers.at(-1)?.name ?? 'input'
  const at = (row: number, column = 0) => ({ x: column * step.x, y: row * step.y })
  const port = (kind: string, name: string, row: number): LayerNode => {
    return { id: name, kind, name, parameters: {}, position: at(row) }
  }
  return {
    id,
    name: id,
    parameters: Object.entries(exposes).flatMap(([name, targets]) =>
      targets.map((target): ExposedParameter => {
        const [layer = '', parameter = ''] = target.split('.')
        return { name, layer, parameter }
      }),
    ),
    layers: [
      port(blockInputKind, 'input', 0),
      ...layers.map(({ name, kind, parameters = {}, column }): LayerNode => {
        return { id: name, kind, name, parameters, position: at(rows.get(name) ?? 0, column) }
      }),
      port(blockOutputKind, 'output', (rows.get(last) ?? 0) + 1),
    ],
    connections: [
      ...layers.flatMap(({ name, kind, from }) =>
        from.map((source, index) => wire(source, name, inputPort(kind, index))),
      ),
      wire(last, 'output', inputOfBlockOutput),
    ],
  }
}

function wire(source: string, target: string, targetPort: string): Connection {
  const id = `${source}-${target}${targetPort === 'input' || targetPort === 'inputs' ? '' : `-${targetPort}`}`
  return { id, source, sourcePort: outputOfBlockInput, target, targetPort }
}

function inputPort(kind: string, index: number): string {
  const ports = layerDefinition(kind)?.inputs ?? []
  return (ports[index] ?? ports.at(-1))?.name ?? 'input'
}

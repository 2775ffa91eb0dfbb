import {
  documentFormat,
  documentVersion,
  type LayerNode,
  type ModelDocument,
  modelDocumentSchema,
} from '../../../../src-core/document/model-document.ts'
import type { OpenedProject } from '../../../../src-core/ipc/contract.ts'

type LayerShorthand = readonly [id: string, kind: string, parameters?: LayerNode['parameters']]

/** A document whose layers stand under each other, wired from each to the next where `wires` is not given. */
export function documentOf(
  layers: readonly LayerShorthand[],
  wires: readonly (readonly [source: string, target: string, targetPort?: string])[] = chain(layers),
): ModelDocument {
  return modelDocumentSchema.parse({
    format: documentFormat,
    version: documentVersion,
    name: 'Test model',
    layers: layers.map(([id, kind, parameters = {}], index) => ({
      id,
      kind,
      name: id,
      parameters,
      position: { x: 0, y: index * 120 },
    })),
    connections: wires.map(([source, target, targetPort = 'input']) => ({
      id: `${source}-${target}`,
      source,
      sourcePort: 'output',
      target,
      targetPort,
    })),
  })
}

function chain(layers: readonly LayerShorthand[]): (readonly [string, string])[] {
  return layers.slice(1).map(([id], index) => [layers[index]?.[0] ?? '', id])
}

/** Input, flatten, dense, output: the smallest classifier, without problems. */
export function smallClassifier(): ModelDocument {
  return documentOf([
    ['input_1', 'input'],
    ['flatten_1', 'flatten'],
    ['dense_1', 'dense', { units: 10 }],
    ['output_1', 'output'],
  ])
}

export function opened(document: ModelDocument, id = 1): OpenedProject {
  return {
    project: {
      id,
      name: document.name,
      filePath: null,
      layerCount: document.layers.length,
      updatedAt: '2025-01-01T00:00:00.000Z',
    },
    document,
  }
}

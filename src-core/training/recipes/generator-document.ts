import { expandBlocks } from '../../compile/blocks/expand-blocks.ts'
import type { Connection, LayerNode, ModelDocument } from '../../document/model-document.ts'
import { firstFree } from '../../document/new-elements.ts'
import { layerDefinition } from '../../layers/catalogue.ts'
import { resolveParameters } from '../../layers/resolve-parameters.ts'
import { generatedPort, noiseKind, pairKind } from './adversarial-parts.ts'

/**
 * The generator of a GAN as a model of its own: its noise layers are inputs of the same ids and names, which take numbers
 * of mean 0 and variance 1, and an output takes what the pair did. Layers keep their names, so the weights of the GAN are
 * its weights. `undefined` where the document is no GAN.
 */
export function generatorDocument(drawn: ModelDocument): ModelDocument | undefined {
  const { document } = expandBlocks(drawn)
  const pair = document.layers.find(({ kind }) => kind === pairKind)
  const wire = document.connections.find(
    ({ target, targetPort }) => target === pair?.id && targetPort === generatedPort,
  )
  if (document.training.recipe?.kind !== 'adversarial' || !pair || !wire) return undefined
  const kept = leadingTo(document, wire.source)
  const layers = document.layers.filter(({ id }) => kept.has(id))
  const output = outputLayer(pair, layers)
  const { recipe: _recipe, ...training } = document.training
  return {
    ...document,
    name: `${document.name} (generator)`.slice(0, 200),
    layers: [...layers.map(asInput), output],
    connections: [
      ...document.connections.filter(({ source, target }) => kept.has(source) && kept.has(target)),
      { ...wire, target: output.id, targetPort: 'input' },
    ],
    training,
  }
}

/** Ids of the layers of a document that lead to one of them, itself included. */
function leadingTo({ connections }: ModelDocument, layerId: string): ReadonlySet<string> {
  const sources = Map.groupBy(connections, ({ target }: Connection) => target)
  const reached = new Set([layerId])
  // A set walks entries that are added while it is walked.
  for (const id of reached) for (const { source } of sources.get(id) ?? []) reached.add(source)
  return reached
}

function asInput(layer: LayerNode): LayerNode {
  const definition = layerDefinition(layer.kind)
  if (layer.kind !== noiseKind || !definition) return layer
  const { shape } = resolveParameters(definition, layer.parameters).values
  return { ...layer, kind: 'input', parameters: Array.isArray(shape) ? { shape } : {} }
}

function outputLayer(pair: LayerNode, layers: readonly LayerNode[]): LayerNode {
  const taken = (text: string) => layers.some(({ id, name }) => id === text || name === text)
  const name = taken(generatedPort) ? firstFree(generatedPort, taken) : generatedPort
  return { id: name, kind: 'output', name, parameters: {}, position: pair.position }
}

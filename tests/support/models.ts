import type { ModelPlan, PlannedLayer } from '../../src-core/compile/model-plan.ts'
import { type ModelDocument, modelDocumentSchema } from '../../src-core/document/model-document.ts'
import { layerDefinition } from '../../src-core/layers/catalogue.ts'
import { isRefusal } from '../../src-core/layers/define-layer.ts'
import { resolveParameters } from '../../src-core/layers/resolve-parameters.ts'
import { elementCount } from '../../src-core/tensor-graph/types.ts'

/** Name, kind and parameters of a layer, then the layers it is wired to; without any, the layer before it. */
export type LayerLine = readonly [
  name: string,
  kind: string,
  parameters?: Record<string, unknown>,
  ...sources: string[],
]

/** A document from a list of layers in execution order. Ids are names. */
export function documentOf(name: string, lines: readonly LayerLine[]): ModelDocument {
  const connections = lines.flatMap(([target, kind, , ...given], index) => {
    const before = lines[index - 1]?.[0]
    const sources = given.length > 0 || kind === 'input' || !before ? given : [before]
    return sources.map((source, order) => ({
      id: `${source}-${target}-${order}`,
      source,
      sourcePort:
        layerDefinition(lines.find(([id]) => id === source)?.[1] ?? '')?.outputs[0]?.name ?? 'output',
      target,
      targetPort: targetPort(kind, order),
    }))
  })
  return modelDocumentSchema.parse({
    format: 'layerloom-model',
    version: 1,
    name,
    layers: lines.map(([id, kind, parameters = {}], index) => ({
      id,
      kind,
      name: id,
      parameters,
      position: { x: 0, y: 100 * index },
    })),
    connections,
  })
}

function targetPort(kind: string, order: number): string {
  const ports = layerDefinition(kind)?.inputs ?? []
  return (ports[order] ?? ports.at(-1))?.name ?? 'input'
}

/** The plan of a document whose layers are listed in execution order. */
export function planOf(document: ModelDocument): ModelPlan {
  const shapes = new Map<string, readonly number[]>()
  const layers = document.layers.map((node): PlannedLayer => {
    const definition = layerDefinition(node.kind)
    if (!definition) throw new Error(`no kind ${node.kind}`)
    const parameters = resolveParameters(definition, node.parameters).values
    const inputs = document.connections
      .filter(({ target }) => target === node.id)
      .map((wire) => ({
        layerId: wire.source,
        port: wire.targetPort,
        shape: shapes.get(wire.source) ?? [],
      }))
    const context = { parameters, inputs: inputs.map(({ shape }) => shape) }
    const output = definition.inferShape(context)
    if (isRefusal(output)) throw new Error(`${node.name} ${output.expected}`)
    shapes.set(node.id, output)
    const weights = definition.weights({ ...context, output })
    const count = (trainable: boolean) =>
      weights
        .filter((weight) => weight.trainable || !trainable)
        .reduce((sum, weight) => sum + elementCount(weight.shape), 0)
    return {
      id: node.id,
      kind: node.kind,
      name: node.name,
      parameters,
      inputs,
      outputShape: output,
      weights,
      parameterCount: count(false),
      trainableCount: count(true),
      flops: definition.flops({ ...context, output }),
      activationElements: elementCount(output),
    }
  })
  const sum = (of: (layer: PlannedLayer) => number) => layers.reduce((total, layer) => total + of(layer), 0)
  return {
    name: document.name,
    layers,
    inputIds: layers.filter(({ kind }) => kind === 'input').map(({ id }) => id),
    outputIds: layers.filter(({ kind }) => kind === 'output').map(({ id }) => id),
    parameterCount: sum((layer) => layer.parameterCount),
    trainableCount: sum((layer) => layer.trainableCount),
    flops: sum((layer) => layer.flops),
    activationElements: sum((layer) => layer.activationElements),
  }
}

/** Dense layers with relu between an input of one axis and a softmax. */
export function mlp(inputs: number, hidden: readonly number[], classes: number): readonly LayerLine[] {
  return [
    ['input', 'input', { shape: [inputs] }],
    ...hidden.map((units, index): LayerLine => [`dense${index}`, 'dense', { units, activation: 'relu' }]),
    ['head', 'dense', { units: classes, activation: 'softmax' }],
    ['output', 'output'],
  ]
}

/** The handwritten-digit network of the second template, without its dropout unless asked for. */
export function leNet(dropout = 0): readonly LayerLine[] {
  return [
    ['input', 'input', { shape: [1, 28, 28] }],
    ['conv0', 'conv2d', { filters: 10, kernelSize: [5, 5], activation: 'relu' }],
    ['pool0', 'maxPooling2d', { poolSize: [2, 2], strides: [2, 2] }],
    ['conv1', 'conv2d', { filters: 20, kernelSize: [5, 5], activation: 'relu' }],
    ['pool1', 'maxPooling2d', { poolSize: [2, 2], strides: [2, 2] }],
    ['flatten', 'flatten'],
    ['dense0', 'dense', { units: 50, activation: 'relu' }],
    ['dropout', 'dropout', { rate: dropout }],
    ['head', 'dense', { units: 10, activation: 'logSoftmax' }],
    ['output', 'output'],
  ]
}

/** A residual network with batch normalisation: a stem, two blocks (the second strided), global pooling. */
export function smallResNet(): readonly LayerLine[] {
  const conv = (filters: number, stride = 1) => ({
    filters,
    kernelSize: [3, 3],
    strides: [stride, stride],
    padding: 'same',
    useBias: false,
  })
  return [
    ['input', 'input', { shape: [3, 12, 12] }],
    ['stem', 'conv2d', conv(8)],
    ['stemBn', 'batchNormalization'],
    ['stemRelu', 'activation', { activation: 'relu' }],
    ['a1', 'conv2d', conv(8)],
    ['a1Bn', 'batchNormalization'],
    ['a1Relu', 'activation', { activation: 'relu' }],
    ['a2', 'conv2d', conv(8)],
    ['a2Bn', 'batchNormalization'],
    ['aAdd', 'add', {}, 'a2Bn', 'stemRelu'],
    ['aRelu', 'activation', { activation: 'relu' }],
    ['b1', 'conv2d', conv(16, 2)],
    ['b1Bn', 'batchNormalization'],
    ['b1Relu', 'activation', { activation: 'relu' }],
    ['b2', 'conv2d', conv(16)],
    ['b2Bn', 'batchNormalization'],
    ['shortcut', 'conv2d', { ...conv(16, 2), kernelSize: [1, 1] }, 'aRelu'],
    ['shortcutBn', 'batchNormalization'],
    ['bAdd', 'add', {}, 'b2Bn', 'shortcutBn'],
    ['bRelu', 'activation', { activation: 'relu' }],
    ['pool', 'globalAveragePooling2d'],
    ['head', 'dense', { units: 10, activation: 'softmax' }],
    ['output', 'output'],
  ]
}

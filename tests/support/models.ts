import { compileModel } from '../../src-core/compile/compile-model.ts'
import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import { type ModelDocument, modelDocumentSchema } from '../../src-core/document/model-document.ts'
import { layerDefinition } from '../../src-core/layers/catalogue.ts'

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
    const isSource = layerDefinition(kind)?.inputs.length === 0
    const sources = given.length > 0 || isSource || !before ? given : [before]
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

/** The plan of a document that is right. */
export function planOf(document: ModelDocument): ModelPlan {
  const { plan, problems } = compileModel(document)
  if (!plan) throw new Error(problems.map(({ message }) => message).join(' '))
  return plan
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

/** ResNet-20 of the CIFAR experiments (He et al. 2015): a stem, three stages of three blocks, global pooling. */
export function resNet20(): readonly LayerLine[] {
  const conv = (filters: number, stride: number, size = 3) => ({
    filters,
    kernelSize: [size, size],
    strides: [stride, stride],
    padding: 'same',
    useBias: false,
  })
  const relu = { activation: 'relu' }
  const lines: LayerLine[] = [
    ['input', 'input', { shape: [3, 32, 32] }],
    ['stem', 'conv2d', conv(16, 1)],
    ['stemBn', 'batchNormalization'],
    ['stemRelu', 'activation', relu],
  ]
  let before = 'stemRelu'
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (const block of [0, 1, 2]) {
      const name = `s${stage}b${block}`
      const stride = stage > 0 && block === 0 ? 2 : 1
      lines.push(
        [`${name}a`, 'conv2d', conv(filters, stride), before],
        [`${name}aBn`, 'batchNormalization'],
        [`${name}aRelu`, 'activation', relu],
        [`${name}c`, 'conv2d', conv(filters, 1)],
        [`${name}cBn`, 'batchNormalization'],
      )
      let shortcut = before
      if (stride === 2) {
        shortcut = `${name}shortcutBn`
        lines.push(
          [`${name}shortcut`, 'conv2d', conv(filters, 2, 1), before],
          [shortcut, 'batchNormalization'],
        )
      }
      lines.push([`${name}add`, 'add', {}, `${name}cBn`, shortcut], [`${name}relu`, 'activation', relu])
      before = `${name}relu`
    }
  }
  lines.push(
    ['pool', 'globalAveragePooling2d'],
    ['head', 'dense', { units: 10, activation: 'softmax' }],
    ['output', 'output'],
  )
  return lines
}

import type { CompiledLayer, CompiledModel } from '../compile/compile-model.ts'
import { isFrozen } from '../document/layer-training.ts'
import type { ModelDocument } from '../document/model-document.ts'
import { formatShape } from '../shapes/format-shape.ts'
import type { Shape } from '../tensor-graph/types.ts'
import { type BlockView, kindLabel, parameterText } from './layer-text.ts'

/** One line of a summary. */
export interface SummaryLayer {
  readonly name: string
  readonly kind: string
  /** The kind as people know it. */
  readonly label: string
  /** The parameters that tell the layer from others of its kind, as text. */
  readonly settings: string
  /** Per sample; null where it cannot be known. */
  readonly outputShape: Shape | null
  readonly parameterCount: number | null
  readonly flops: number | null
  /** Names of the layers it gets its input from, in order. */
  readonly inputs: readonly string[]
}

/** What `model.summary()` tells in Keras, as data. */
export interface ModelSummary {
  readonly name: string
  /** In execution order. */
  readonly layers: readonly SummaryLayer[]
  readonly parameterCount: number
  readonly trainableCount: number
  /** In frozen layers, statistics included. */
  readonly frozenCount: number
  /** Of one forward pass for one sample; a multiply-add counts as two. */
  readonly flops: number
  /** float32 values that one forward pass keeps for one sample. */
  readonly activationElements: number
  /** False when the drawing has errors: then counts cover what could be inferred. */
  readonly complete: boolean
}

/** Summarises a compiled drawing; works for unfinished ones too. Blocks are opened, or a line each. */
export function summariseModel(
  document: ModelDocument,
  compiled: CompiledModel,
  blocks: BlockView = 'opened',
): ModelSummary {
  const expanded = compiled.expansion.document
  const nodes = new Map(expanded.layers.map((layer) => [layer.id, layer]))
  const layers =
    blocks === 'opened'
      ? summaryLayers(expanded, compiled.layers)
      : summaryLayers(document, withBlocksCollapsed(compiled))
  const sum = (key: 'parameterCount' | 'trainableCount' | 'flops' | 'activationElements') =>
    [...compiled.layers.values()].reduce((total, layer) => total + (layer[key] ?? 0), 0)
  return {
    name: document.name,
    layers,
    parameterCount: sum('parameterCount'),
    trainableCount: sum('trainableCount'),
    frozenCount: [...compiled.layers].reduce((total, [id, { parameterCount = 0 }]) => {
      const node = nodes.get(id)
      return node && isFrozen(node) ? total + parameterCount : total
    }, 0),
    flops: sum('flops'),
    activationElements: sum('activationElements'),
    complete: compiled.plan !== undefined,
  }
}

function summaryLayers(document: ModelDocument, compiled: CompiledModel['layers']): SummaryLayer[] {
  const nodes = new Map(document.layers.map((layer) => [layer.id, layer]))
  return [...compiled].flatMap(([id, layer]): SummaryLayer[] => {
    const node = nodes.get(id)
    if (!node) return []
    const incoming = document.connections.filter((connection) => connection.target === id)
    return [
      {
        name: node.name,
        kind: node.kind,
        label: kindLabel(node.kind, document),
        settings: parameterText(node, document),
        outputShape: layer.outputShape ?? null,
        parameterCount: layer.parameterCount ?? null,
        flops: layer.flops ?? null,
        inputs: incoming.flatMap(({ source }) => nodes.get(source)?.name ?? []),
      },
    ]
  })
}

/** The layers that are drawn, each block at the place of the last layer inside: what feeds it comes before. */
function withBlocksCollapsed({ layers, blocks, expansion }: CompiledModel): CompiledModel['layers'] {
  const collapsed = new Map<string, CompiledLayer>()
  for (const [id, layer] of layers) {
    const [outer = id, ...inner] = expansion.origins.get(id)?.path ?? []
    const block = blocks.get(outer)
    collapsed.delete(outer)
    collapsed.set(outer, inner.length > 0 && block ? block : layer)
  }
  return collapsed
}

const headings = ['Layer', 'Kind', 'Settings', 'Output shape', 'Parameters', 'Input from'] as const

/** A summary as a table of plain text, with its totals below; lines end without spaces. */
export function summaryText(summary: ModelSummary): string {
  const isChain = summary.layers.every(({ inputs }, index) => {
    const before = summary.layers[index - 1]?.name
    return before === undefined ? inputs.length === 0 : inputs.length === 1 && inputs[0] === before
  })
  // In a chain every layer's input is the line above it.
  const columns = isChain ? headings.length - 1 : headings.length
  const rows = summary.layers.map((layer) => [
    layer.name,
    layer.label,
    layer.settings,
    layer.outputShape ? formatShape(layer.outputShape) : '?',
    layer.parameterCount === null ? '?' : count(layer.parameterCount),
    layer.inputs.join(', '),
  ])
  const table = [headings, ...rows].map((row) => row.slice(0, columns))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  )
  const lines = table.map((row) => line(row, widths))
  const rule = '─'.repeat(Math.max(...lines.map((text) => text.length), summary.name.length))
  const [heading = '', ...body] = lines
  return `${[summary.name, rule, heading, rule, ...body, rule, ...totals(summary)].join('\n')}\n`
}

function line(row: readonly string[], widths: readonly number[]): string {
  const cells = row.map((cell, column) => {
    const width = widths[column] ?? 0
    return headings[column] === 'Parameters' ? cell.padStart(width) : cell.padEnd(width)
  })
  return cells.join('  ').trimEnd()
}

function totals(summary: ModelSummary): string[] {
  const statistics = summary.parameterCount - summary.trainableCount - summary.frozenCount
  const parameters = [`${count(summary.parameterCount)} parameters (${bytes(4 * summary.parameterCount)})`]
  if (summary.trainableCount < summary.parameterCount) {
    parameters.push(
      `${count(summary.trainableCount)} of them trainable`,
      ...(summary.frozenCount > 0 ? [`${count(summary.frozenCount)} frozen`] : []),
      ...(statistics > 0 ? [`${count(statistics)} moving statistics`] : []),
    )
  }
  return [
    parameters.join(', '),
    `${count(summary.flops)} floating point operations and ${bytes(4 * summary.activationElements)} of activations for one sample`,
    ...(summary.complete ? [] : ['The drawing has errors: these numbers cover only what could be inferred.']),
  ]
}

function count(value: number): string {
  return value.toLocaleString('en')
}

/** Bytes in the unit that leaves one to four digits. */
function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length - 1, value < 1024 ? 0 : Math.floor(Math.log2(value) / 10))
  const scaled = value / 1024 ** power
  return `${power === 0 ? scaled : scaled.toFixed(1)} ${units[power]}`
}

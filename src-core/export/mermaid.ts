import type { CompiledModel } from '../compile/compile-model.ts'
import { layerFace } from '../document/blocks/layer-face.ts'
import { isBypassed } from '../document/layer-edits.ts'
import type { LayerNode, ModelDocument } from '../document/model-document.ts'
import { type LayerCategory, layerCategories } from '../layers/define-layer.ts'
import { formatShape } from '../shapes/format-shape.ts'
import { type BlockView, kindLabel, parameterText } from './layer-text.ts'
import { type BlockFrame, blockFrames, framedLines, frameStyle, idsOfFrames } from './mermaid-blocks.ts'
import { mermaidText, nodeIds } from './mermaid-text.ts'

export const mermaidDirections = ['TB', 'LR'] as const
export type MermaidDirection = (typeof mermaidDirections)[number]

export interface MermaidOptions {
  /** TB: from top to bottom; LR: from left to right. */
  readonly direction?: MermaidDirection
  /** Blocks as frames with the layers inside, or as a node each. */
  readonly blocks?: BlockView
  /** Stands above the diagram. */
  readonly title?: string
}

interface CategoryStyle {
  readonly className: string
  /** Brackets of the node's outline: categories differ by form, not by colour alone. */
  readonly brackets: readonly [string, string]
  readonly style: string
}

const categoryStyles: Readonly<Record<LayerCategory, CategoryStyle>> = {
  'Input and output': look('inputOutput', ['([', '])'], '#e0f2fe', '#0369a1'),
  Core: look('core', ['[', ']'], '#ede9fe', '#6d28d9'),
  Convolution: look('convolution', ['[[', ']]'], '#dbeafe', '#1d4ed8'),
  Pooling: look('pooling', ['[\\', '/]'], '#dcfce7', '#15803d'),
  Normalization: look('normalization', ['{{', '}}'], '#fef9c3', '#a16207'),
  Activation: look('activation', ['(', ')'], '#ffedd5', '#c2410c'),
  Regularization: look('regularization', ['[', ']'], '#f3f4f6', '#4b5563', ',stroke-dasharray:5 4'),
  Merge: look('merge', ['{', '}'], '#fce7f3', '#be185d'),
  Shape: look('shape', ['[/', '/]'], '#ccfbf1', '#0f766e'),
  Mathematics: look('mathematics', ['>', ']'], '#fefce8', '#854d0e'),
  Embedding: look('embedding', ['[(', ')]'], '#ffe4c7', '#9a3412'),
  Recurrent: look('recurrent', ['((', '))'], '#d1fae5', '#047857'),
  Attention: look('attention', ['{{', '}}'], '#ffe4e6', '#be123c'),
  Block: look('block', ['[[', ']]'], '#e0e7ff', '#4338ca'),
  Preprocessing: look('preprocessing', ['[/', '\\]'], '#e2e8f0', '#475569'),
  Augmentation: look('augmentation', ['[\\', '\\]'], '#fae8ff', '#86198f'),
}

const unknownStyle = look('unknown', ['[', ']'], '#fee2e2', '#b91c1c', ',stroke-dasharray:2 2')

function look(
  className: string,
  brackets: readonly [string, string],
  fill: string,
  line: string,
  more = '',
): CategoryStyle {
  return { className, brackets, style: `fill:${fill},stroke:${line},color:#111827${more}` }
}

/**
 * The drawing as a Mermaid flowchart: every layer with its kind and parameters, every wire with the shape that flows
 * through it, as far as it is known. Works for unfinished drawings too (wires that lead nowhere are left out). Names
 * are escaped, so that no name can break or change the diagram. Equal documents give equal text.
 */
export function exportMermaid(
  document: ModelDocument,
  compiled: Pick<CompiledModel, 'layers' | 'blocks' | 'expansion'>,
  options: MermaidOptions = {},
): string {
  const { direction = 'TB', title, blocks = 'opened' } = options
  const opened = blocks === 'opened'
  const shown = opened ? compiled.expansion.document : document
  return flowchart(shown, compiled, direction, title, opened ? blockFrames(compiled.expansion) : [])
}

type Compiled = Pick<CompiledModel, 'layers' | 'blocks'>

function flowchart(
  document: ModelDocument,
  compiled: Compiled,
  direction: MermaidDirection,
  title: string | undefined,
  frames: readonly BlockFrame[],
): string {
  const ids = nodeIds(document.layers)
  const frameIds = idsOfFrames(frames, new Set(ids.values()))
  const nodes = new Map(document.layers.map((node) => [node.id, node]))
  const lines = [
    ...(title === undefined ? [] : ['---', `title: ${JSON.stringify(title)}`, '---']),
    `flowchart ${direction}`,
    ...framedLines(
      document.layers.map(({ id }) => id),
      frames,
      (id) => {
        const node = nodes.get(id)
        return node ? nodeText(document, node, ids, compiled) : ''
      },
      frameIds,
    ),
    ...document.connections.flatMap(({ source, sourcePort, target }) => {
      const [from, to] = [ids.get(source), ids.get(target)]
      if (from === undefined || to === undefined) return []
      const shape =
        compiled.layers.get(source)?.outputShape ?? compiled.blocks.get(source)?.outputShapes.get(sourcePort)
      const label = shape ? `|"${mermaidText(formatShape(shape))}"|` : ''
      return [`  ${from} -->${label} ${to}`]
    }),
    ...styleLines(document, ids),
    ...frameStyle([...frameIds.values()]),
  ]
  return `${lines.join('\n')}\n`
}

function nodeText(
  document: ModelDocument,
  node: LayerNode,
  ids: ReadonlyMap<string, string>,
  compiled: Compiled,
): string {
  const [open, close] = styleOf(document, node).brackets
  const known = compiled.layers.get(node.id) ?? compiled.blocks.get(node.id)
  const count = known?.parameterCount ?? 0
  const lines = [
    node.name,
    kindLabel(node.kind, document),
    parameterText(node, document),
    count === 0 ? '' : `${count.toLocaleString('en')} parameter${count === 1 ? '' : 's'}`,
  ]
  const label = lines
    .filter((line) => line !== '')
    .map(mermaidText)
    .join('<br/>')
  return `${ids.get(node.id)}${open}"${label}"${close}`
}

function styleOf(document: ModelDocument, node: LayerNode): CategoryStyle {
  const category = layerFace(document, node.kind)?.category
  return category ? categoryStyles[category] : unknownStyle
}

function styleLines(document: ModelDocument, ids: ReadonlyMap<string, string>): string[] {
  const styles = [...layerCategories.map((category) => categoryStyles[category]), unknownStyle]
  const classes = styles.flatMap(({ className, style }) =>
    classLines(
      className,
      style,
      document.layers.filter((node) => styleOf(document, node).className === className),
      ids,
    ),
  )
  // Last, so that it wins over the category's own outline.
  const bypassed = document.layers.filter(isBypassed)
  return [...classes, ...classLines('bypassed', 'opacity:0.5,stroke-dasharray:3 3', bypassed, ids)]
}

function classLines(
  className: string,
  style: string,
  nodes: readonly LayerNode[],
  ids: ReadonlyMap<string, string>,
): string[] {
  if (nodes.length === 0) return []
  const members = nodes.map((node) => ids.get(node.id)).join(',')
  return [`  classDef ${className} ${style}`, `  class ${members} ${className}`]
}

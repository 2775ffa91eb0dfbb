import { type LayerFace, layerFace } from '../../src-core/document/blocks/layer-face.ts'
import { directionOf } from '../../src-core/document/canvas-part.ts'
import { isBypassed } from '../../src-core/document/layer-edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { t } from '../../src-core/language/t.ts'
import type { Shape } from '../../src-core/tensor-graph/types.ts'
import type { CompileView, LayerView } from '../state/compile-view.ts'
import { formatCount, formatShape } from '../ui/format.ts'
import { detours } from './detours.ts'
import type { LayerFlowNode, WireFlowEdge } from './flow-types.ts'
import { layerHeight, layerWidth } from './geometry.ts'
import { portPlaces } from './port-places.ts'
import type { ReadingMarks } from './reading-marks.ts'
import { readingOrder } from './reading-order.ts'

const noMarks: ReadingMarks = { ofLayer: () => undefined, ofNote: () => undefined, ofWire: () => undefined }

/**
 * React Flow's nodes for a document. Nodes that look the same as before stay the same objects, which React Flow and
 * React then leave alone; while a node is dragged its own position counts.
 */
export function flowNodes(
  document: ModelDocument,
  selected: ReadonlySet<string>,
  compile: CompileView,
  before: readonly LayerFlowNode[],
  marks: Pick<ReadingMarks, 'ofLayer'> = noMarks,
): LayerFlowNode[] {
  const old = new Map(before.map((node) => [node.id, node]))
  const faceOf = facesOf(document)
  const direction = directionOf(document)
  return readingOrder(document).map((layer): LayerFlowNode => {
    const known = old.get(layer.id)
    const definition = faceOf(layer.kind)
    const view = compile.layers.get(layer.id)
    const isSelected = selected.has(layer.id)
    const sameData =
      known !== undefined &&
      known.data.layer === layer &&
      known.data.view === view &&
      known.data.face === definition &&
      known.data.direction === direction
    const samePorts = known?.data.face === definition && known?.data.direction === direction
    const className = marks.ofLayer(layer.id)
    if (sameData && known.selected === isSelected && known.className === className) return known
    const { className: _, ...rest } = known ?? {}
    return {
      ...rest,
      ...(className !== undefined && { className }),
      id: layer.id,
      type: 'layer',
      // Known beforehand, so that layers count where they have never been on screen.
      measured: known?.measured ?? { width: layerWidth, height: layerHeight },
      handles: (samePorts ? known?.handles : undefined) ?? portPlaces(definition, direction),
      data: sameData ? known.data : { layer, view, face: definition, direction },
      position: known?.dragging ? known.position : layer.position,
      selected: isSelected,
      ariaLabel: describeLayer(
        layer.name,
        definition?.label ?? t('unknown kind {{kind}}', { kind: layer.kind }),
        view,
        isBypassed(layer),
      ),
    }
  })
}

/** What a screen reader says about a layer on the canvas. */
export function describeLayer(
  name: string,
  label: string,
  view: LayerView | undefined,
  bypassed = false,
): string {
  const parts = [name, label]
  if (bypassed) parts.push(t('bypassed'))
  if (view?.outputShape) {
    parts.push(t('gives {{shape}}', { shape: formatShape(view.outputShape).replaceAll('×', t('by')) }))
  }
  if (view?.parameterCount) {
    parts.push(t('{{parameters}} parameters', { parameters: formatCount(view.parameterCount) }))
  }
  const count = view?.problems.length ?? 0
  if (count > 0) parts.push(t('{{count, number}} problems', { count }))
  return parts.join(t(', '))
}

/** React Flow's edges for a document; unchanged ones stay the same objects. */
export function flowEdges(
  document: ModelDocument,
  selected: ReadonlySet<string>,
  compile: CompileView,
  before: readonly WireFlowEdge[],
  marks: Pick<ReadingMarks, 'ofWire'> = noMarks,
): WireFlowEdge[] {
  const old = new Map(before.map((edge) => [edge.id, edge]))
  const byId = new Map(document.layers.map((layer) => [layer.id, layer]))
  const around = detours(document)
  const faceOf = facesOf(document)
  return document.connections.flatMap((connection): WireFlowEdge[] => {
    const source = byId.get(connection.source)
    const target = byId.get(connection.target)
    // A wire to nowhere cannot be drawn; the problems panel names it.
    if (!source || !target || !hasPort(faceOf(source.kind), 'outputs', connection.sourcePort)) return []
    if (!hasPort(faceOf(target.kind), 'inputs', connection.targetPort)) return []
    const data = {
      connection,
      names: [source.name, target.name] as const,
      detour: around.get(connection.id),
      shape: shapeOf(compile.layers.get(source.id), connection.sourcePort),
      problem: compile.wires.get(connection.id),
    }
    const known = old.get(connection.id)
    const { names } = data
    const mark = marks.ofWire(connection.id)
    const edge: WireFlowEdge = {
      id: connection.id,
      type: 'wire',
      source: connection.source,
      sourceHandle: connection.sourcePort,
      target: connection.target,
      targetHandle: connection.targetPort,
      data,
      selected: selected.has(connection.id),
      ...(mark !== undefined && { className: mark }),
      // A thousand sentences take longer than all the rest.
      ariaLabel:
        known?.data && sameNames(known.data.names, names) && known.ariaLabel !== undefined
          ? known.ariaLabel
          : t('Wire from {{source}} to {{target}}', { source: names[0], target: names[1] }),
    }
    return [known && looksTheSame(known, edge) ? known : edge]
  })
}

function sameNames(one: readonly [string, string], other: readonly [string, string]): boolean {
  return one[0] === other[0] && one[1] === other[1]
}

function shapeOf(view: LayerView | undefined, port: string): Shape | undefined {
  return view?.outputShapes?.get(port) ?? view?.outputShape
}

/** Faces of blocks, made anew only when a block changes: cards compare them. */
const blockFaces = new WeakMap<object, Map<string, LayerFace | undefined>>()

function facesOf({ blocks }: ModelDocument): (kind: string) => LayerFace | undefined {
  if (!blocks) return (kind) => layerFace({}, kind)
  const faces = blockFaces.get(blocks) ?? new Map<string, LayerFace | undefined>()
  blockFaces.set(blocks, faces)
  return (kind) => {
    if (!faces.has(kind)) faces.set(kind, layerFace({ blocks }, kind))
    return faces.get(kind)
  }
}

function looksTheSame(one: WireFlowEdge, other: WireFlowEdge): boolean {
  return (
    one.data?.connection === other.data?.connection &&
    one.data?.detour === other.data?.detour &&
    one.data?.shape === other.data?.shape &&
    one.data?.problem?.message === other.data?.problem?.message &&
    one.selected === other.selected &&
    one.className === other.className &&
    one.ariaLabel === other.ariaLabel
  )
}

function hasPort(face: LayerFace | undefined, side: 'inputs' | 'outputs', port: string): boolean {
  return face?.[side].some((candidate) => candidate.name === port) ?? false
}

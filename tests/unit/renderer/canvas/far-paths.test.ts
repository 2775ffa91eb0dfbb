import { describe, expect, it } from 'vitest'
import { largeDocument } from '../../../../bench/canvas/drawing.ts'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { FarPaths } from '../../../../src-renderer/canvas/far-wires/far-paths.ts'
import { flowEdges, flowNodes } from '../../../../src-renderer/canvas/flow-elements.ts'
import type { LayerFlowNode, WireFlowEdge } from '../../../../src-renderer/canvas/flow-types.ts'
import { emptyCompileView } from '../../../../src-renderer/state/compile-view.ts'

const none: ReadonlySet<string> = new Set()
const document = largeDocument(300)

function drawn(
  shown: ModelDocument,
  nodes: readonly LayerFlowNode[] = [],
  edges: readonly WireFlowEdge[] = [],
) {
  return {
    nodes: flowNodes(shown, none, emptyCompileView, nodes),
    edges: flowEdges(shown, none, emptyCompileView, edges),
  }
}

const curves = (paths: readonly string[]) => paths.join(' ').match(/M/g)?.length ?? 0

describe('wires seen from far', () => {
  it('are all there, in a few paths', () => {
    const { nodes, edges } = drawn(document)
    const paths = new FarPaths().of(nodes, edges)
    expect(curves(paths)).toBe(document.connections.length)
    expect(paths.length).toBe(Math.ceil(document.connections.length / 64))
  })

  it('begin and end at the ports of their layers', () => {
    const { nodes, edges } = drawn(document)
    const wire = edges.find(({ source, target }) => source === 'dense_0' && target === 'dense_12')
    if (!wire) throw new Error('there is no such wire')
    const [path = ''] = new FarPaths().of(nodes, [wire])
    const numbers = path.match(/-?[\d.]+/g)?.map(Number) ?? []
    const placeOf = (id: string) =>
      nodes.find((node) => node.id === id)?.position ?? { x: Number.NaN, y: Number.NaN }
    const [from, to] = [placeOf('dense_0'), placeOf('dense_12')]
    const [x = 0, y = 0, endX = 0, endY = 0] = [...numbers.slice(0, 2), ...numbers.slice(-2)]
    // Within a port's size of the middle of the card's edges.
    expect(Math.abs(x - (from.x + 104))).toBeLessThan(8)
    expect(Math.abs(y - (from.y + 72))).toBeLessThan(8)
    expect(Math.abs(endX - (to.x + 104))).toBeLessThan(8)
    expect(Math.abs(endY - to.y)).toBeLessThan(8)
  })

  it('move with their layer, and the others are not drawn again', () => {
    const before = drawn(document)
    const paths = new FarPaths()
    const first = paths.of(before.nodes, before.edges)
    const moved = applyEdit(document, {
      type: 'moveLayers',
      positions: { dense_30: { x: -900, y: 40 } },
    }).document
    const after = drawn(moved, before.nodes, before.edges)
    const next = paths.of(after.nodes, after.edges)
    expect(next).toEqual(new FarPaths().of(after.nodes, after.edges))
    const changed = next.filter((path, index) => path !== first[index]).length
    expect(changed).toBeGreaterThan(0)
    expect(changed).toBeLessThanOrEqual(2)
  })

  it('to a layer that is not drawn are left out', () => {
    const { nodes, edges } = drawn(document)
    const without = nodes.filter(({ id }) => id !== 'dense_30')
    expect(curves(new FarPaths().of(without, edges))).toBe(document.connections.length - 2)
  })
})

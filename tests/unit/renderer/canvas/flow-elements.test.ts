// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import { flowEdges, flowNodes } from '../../../../src-renderer/canvas/flow-elements.ts'
import { compileDocument } from '../../../../src-renderer/state/compile-document.ts'
import { emptyCompileView } from '../../../../src-renderer/state/compile-view.ts'
import { documentOf, smallClassifier } from '../support/documents.ts'

const none: ReadonlySet<string> = new Set()

describe('the nodes on the canvas', () => {
  it('stay the same objects except for the layer that changed', () => {
    const document = smallClassifier()
    const view = compileDocument(document, null, emptyCompileView)
    const before = flowNodes(document, none, view, [])
    const { document: next } = applyEdit(document, {
      type: 'moveLayers',
      positions: { dense_1: { x: 5, y: 5 } },
    })
    const after = flowNodes(next, none, compileDocument(next, null, view), before)
    expect(after.filter((node, index) => node !== before[index]).map(({ id }) => id)).toEqual(['dense_1'])
  })

  it('change where a parameter upstream changes what they say', () => {
    const document = smallClassifier()
    const view = compileDocument(document, null, emptyCompileView)
    const before = flowNodes(document, none, view, [])
    const { document: next } = applyEdit(document, {
      type: 'setParameters',
      layerId: 'dense_1',
      parameters: { units: 4 },
    })
    const after = flowNodes(next, none, compileDocument(next, null, view), before)
    expect(after.filter((node, index) => node !== before[index]).map(({ id }) => id)).toEqual([
      'dense_1',
      'output_1',
    ])
    expect(after.find(({ id }) => id === 'dense_1')?.ariaLabel).toBe(
      'dense_1, Dense, gives 4, 3,140 parameters',
    )
  })

  it('keep their place under the pointer while they are dragged', () => {
    const document = smallClassifier()
    const view = compileDocument(document, null, emptyCompileView)
    const before = flowNodes(document, none, view, []).map((node) =>
      node.id === 'dense_1' ? { ...node, dragging: true, position: { x: 77, y: 77 } } : node,
    )
    const after = flowNodes(document, new Set(['dense_1']), view, before)
    expect(after.find(({ id }) => id === 'dense_1')?.position).toEqual({ x: 77, y: 77 })
  })

  it('come in the order of the flow, which is the order of the Tab key', () => {
    const document = documentOf(
      [
        ['output_1', 'output'],
        ['input_1', 'input'],
        ['dense_1', 'dense'],
      ],
      [
        ['input_1', 'dense_1'],
        ['dense_1', 'output_1'],
      ],
    )
    const nodes = flowNodes(document, none, emptyCompileView, [])
    expect(nodes.map(({ id }) => id)).toEqual(['input_1', 'dense_1', 'output_1'])
  })

  it('say how many problems they have', () => {
    const document = documentOf([['dense_1', 'dense']], [])
    const [node] = flowNodes(document, none, compileDocument(document, null, emptyCompileView), [])
    expect(node?.ariaLabel).toBe('dense_1, Dense, 1 problem')
  })
})

describe('the wires on the canvas', () => {
  it('stay the same objects while only layers are selected', () => {
    const document = smallClassifier()
    const before = flowEdges(document, none, emptyCompileView, [])
    const after = flowEdges(document, none, emptyCompileView, before)
    expect(after.every((edge, index) => edge === before[index])).toBe(true)
  })

  it('leave out those to nowhere', () => {
    const document = documentOf(
      [
        ['input_1', 'input'],
        ['dense_1', 'dense'],
      ],
      [
        ['input_1', 'dense_1'],
        ['input_1', 'gone'],
        ['input_1', 'dense_1', 'no_such_port'],
      ],
    )
    expect(flowEdges(document, none, emptyCompileView, []).map(({ target }) => target)).toEqual(['dense_1'])
  })

  it('are led around layers they would run behind', () => {
    const document = documentOf(
      [
        ['input_1', 'input'],
        ['conv2d_1', 'conv2d'],
        ['add_1', 'add'],
      ],
      [
        ['input_1', 'conv2d_1'],
        ['conv2d_1', 'add_1', 'inputs'],
        ['input_1', 'add_1', 'inputs'],
      ],
    )
    const detours = flowEdges(document, none, emptyCompileView, []).map(({ id, data }) => [
      id,
      data?.detour !== undefined,
    ])
    expect(Object.fromEntries(detours)).toEqual({
      'input_1-conv2d_1': false,
      'conv2d_1-add_1': false,
      'input_1-add_1': true,
    })
  })
})

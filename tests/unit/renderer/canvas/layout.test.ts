// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { layerHeight, layerWidth } from '../../../../src-renderer/canvas/geometry.ts'
import { tidyEdit } from '../../../../src-renderer/canvas/layout.ts'
import { documentOf } from '../support/documents.ts'

const unmeasured = () => undefined

function tidied(document: ModelDocument): ModelDocument {
  const edit = tidyEdit(document, unmeasured)
  return edit ? applyEdit(document, edit).document : document
}

function scattered(): ModelDocument {
  const document = documentOf(
    [
      ['output_1', 'output'],
      ['add_1', 'add'],
      ['conv2d_1', 'conv2d'],
      ['conv2d_2', 'conv2d'],
      ['input_1', 'input'],
    ],
    [
      ['input_1', 'conv2d_1'],
      ['input_1', 'conv2d_2'],
      ['conv2d_1', 'add_1', 'inputs'],
      ['conv2d_2', 'add_1', 'inputs'],
      ['add_1', 'output_1'],
    ],
  )
  return { ...document, layers: document.layers.map((layer) => ({ ...layer, position: { x: 40, y: 80 } })) }
}

describe('tidy', () => {
  it('puts every layer below all that feed it', () => {
    const document = tidied(scattered())
    const top = (id: string) => document.layers.find((layer) => layer.id === id)?.position.y ?? Number.NaN
    for (const { source, target } of document.connections) {
      expect(top(target)).toBeGreaterThan(top(source) + layerHeight)
    }
  })

  it('lets no two layers overlap', () => {
    const { layers } = tidied(scattered())
    const overlapping = layers.filter((one) =>
      layers.some(
        (other) =>
          other !== one &&
          Math.abs(other.position.x - one.position.x) < layerWidth &&
          Math.abs(other.position.y - one.position.y) < layerHeight,
      ),
    )
    expect(overlapping).toEqual([])
  })

  it('keeps the upper left corner of the drawing near where it was', () => {
    const { layers } = tidied(scattered())
    expect(Math.min(...layers.map(({ position }) => position.x))).toBe(40)
    expect(Math.min(...layers.map(({ position }) => position.y))).toBe(80)
  })

  it('leaves a tidy drawing alone, and an empty one too', () => {
    expect(tidyEdit(tidied(scattered()), unmeasured)).toBeUndefined()
    expect(tidyEdit(documentOf([]), unmeasured)).toBeUndefined()
  })

  it('arranges circles and wires to nowhere as well', () => {
    const broken = documentOf(
      [
        ['dense_1', 'dense'],
        ['dense_2', 'dense'],
      ],
      [
        ['dense_1', 'dense_2'],
        ['dense_2', 'dense_1'],
        ['dense_2', 'gone'],
      ],
    )
    expect(tidied(broken).layers).toHaveLength(2)
  })
})

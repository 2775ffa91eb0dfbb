// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { layerHeight, layerWidth } from '../../../../src-renderer/canvas/geometry.ts'
import { openingView } from '../../../../src-renderer/canvas/opening-view.ts'
import { documentOf, smallClassifier } from '../support/documents.ts'

const size = { width: 900, height: 600 }

function chain(length: number) {
  return documentOf(Array.from({ length }, (_, index) => [`dense_${index}`, 'dense'] as const))
}

describe('the first look at a document', () => {
  it('shows all of a small one', () => {
    const document = smallClassifier()
    const view = openingView(document, size)
    if (!view) throw new Error('no view')
    for (const { position } of document.layers) {
      expect(view.x + position.x * view.zoom).toBeGreaterThan(0)
      expect(view.x + (position.x + layerWidth) * view.zoom).toBeLessThan(size.width)
      expect(view.y + position.y * view.zoom).toBeGreaterThan(0)
      expect(view.y + (position.y + layerHeight) * view.zoom).toBeLessThan(size.height)
    }
  })

  it('shows the beginning of a long one, large enough to be read', () => {
    const view = openingView(chain(40), size)
    expect(view?.zoom).toBe(0.75)
    expect(view?.y).toBe(28)
    expect((view?.x ?? 0) + (layerWidth / 2) * 0.75).toBe(size.width / 2)
  })

  it('does not enlarge a single layer beyond its size on the palette', () => {
    expect(openingView(chain(1), size)?.zoom).toBe(1.1)
  })

  it('has nothing to show of an empty one', () => {
    expect(openingView(documentOf([]), size)).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { nextInGrid } from '../../../../src-renderer/panels/start/arrow-grid.ts'
import { foldSketch } from '../../../../src-renderer/panels/start/fold-sketch.ts'

describe('arrow keys in a grid of cards', () => {
  // Three cards, then two, then one that is wider: as rows break below a heading.
  const places = [
    { left: 0, top: 0, width: 100 },
    { left: 110, top: 0, width: 100 },
    { left: 220, top: 0, width: 100 },
    { left: 0, top: 90, width: 100 },
    { left: 110, top: 90, width: 100 },
    { left: 0, top: 200, width: 320 },
  ]
  const go = (current: number, key: string) => nextInGrid(places, current, key)

  it('lead to the neighbours in the order of reading', () => {
    expect([go(0, 'ArrowRight'), go(2, 'ArrowRight'), go(3, 'ArrowLeft')]).toEqual([1, 3, 2])
    expect([go(0, 'ArrowLeft'), go(5, 'ArrowRight')]).toEqual([undefined, undefined])
  })

  it('lead to the nearest card of the row above or below', () => {
    expect([go(1, 'ArrowDown'), go(2, 'ArrowDown'), go(4, 'ArrowDown')]).toEqual([4, 4, 5])
    expect([go(5, 'ArrowUp'), go(3, 'ArrowUp'), go(1, 'ArrowUp')]).toEqual([4, 0, undefined])
  })

  it('lead to both ends by Home and End, and nowhere by other keys', () => {
    expect([go(3, 'Home'), go(3, 'End'), go(3, 'a')]).toEqual([0, 5, undefined])
  })
})

describe('the picture of a drawing', () => {
  const chain = (count: number) => ({
    layers: Array.from({ length: count }, (_, index) => ({ kind: 'dense', x: 40, y: 100 * index })),
    wires: Array.from({ length: count - 1 }, (_, index) => ({ from: index, to: index + 1 })),
  })

  it('lays a tall drawing on its side', () => {
    const { boxes, lines } = foldSketch(chain(4))
    expect(boxes.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [100, 0],
      [200, 0],
      [300, 0],
    ])
    expect(lines).toHaveLength(3)
  })

  it('folds a long one into rows, where wires end at the edge and go on in the next row', () => {
    const { boxes, lines, viewBox } = foldSketch(chain(40))
    const rows = new Set(boxes.map(({ y }) => y))
    expect(rows.size).toBe(3)
    expect(Math.max(...boxes.map(({ x }) => x))).toBeLessThan(1400)
    // Two of the 39 wires are cut in two.
    expect(lines).toHaveLength(41)
    const [, , width = 0, height = 0] = viewBox.split(' ').map(Number)
    expect(width / height).toBeLessThan(5)
  })
})

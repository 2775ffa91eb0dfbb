import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Box,
  boxAround,
  fromMap,
  onMap,
  scaleToFit,
  visibleBox,
} from '../../../../src-renderer/canvas/overview/overview-geometry.ts'

const number = fc.double({ min: -5000, max: 5000, noNaN: true })
const length = fc.double({ min: 0, max: 5000, noNaN: true })
const box: fc.Arbitrary<Box> = fc.record({ x: number, y: number, width: length, height: length })
const map = { width: 150, height: 110 }

describe('the map of the drawing', () => {
  it('holds every box of the drawing, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 20 }), (boxes) => {
        const scale = scaleToFit(boxAround(boxes), map)
        for (const one of boxes) {
          const { x, y, width, height } = onMap(scale, one)
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1e-6)
          expect(x + width).toBeLessThanOrEqual(map.width + 1e-6)
          expect(y + height).toBeLessThanOrEqual(map.height + 1e-6)
        }
      }),
    )
  })

  it('leads back from a point of the map to the point of the document', () => {
    fc.assert(
      fc.property(box, number, number, (around, x, y) => {
        const scale = scaleToFit(around, map)
        const there = onMap(scale, { x, y, width: 0, height: 0 })
        const back = fromMap(scale, there)
        expect(Math.abs(back.x - x)).toBeLessThan(1e-6)
        expect(Math.abs(back.y - y)).toBeLessThan(1e-6)
      }),
    )
  })

  it('knows what the view shows', () => {
    expect(visibleBox([-100, 50, 2], { width: 800, height: 600 })).toEqual({
      x: 50,
      y: -25,
      width: 400,
      height: 300,
    })
  })
})

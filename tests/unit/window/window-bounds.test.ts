import { describe, expect, it } from 'vitest'
import { restoredBounds } from '../../../src-main/window/window-bounds.ts'

const laptop = { x: 0, y: 0, width: 1440, height: 900 }
const monitor = { x: 1440, y: 0, width: 2560, height: 1440 }
const bounds = { x: 1600, y: 100, width: 1200, height: 800, maximized: false }

describe('where a window opens', () => {
  it('is where it was', () => {
    expect(restoredBounds(bounds, [laptop, monitor])).toEqual(bounds)
  })

  it('is left to the system when that screen is gone', () => {
    expect(restoredBounds(bounds, [laptop])).toBeUndefined()
  })

  it('is left to the system when only a sliver of it would be seen', () => {
    expect(restoredBounds({ ...bounds, x: 1340 }, [laptop])).toBeUndefined()
    expect(restoredBounds({ ...bounds, x: 800 }, [laptop])).toEqual({ ...bounds, x: 800 })
  })

  it.each([undefined, null, 'wide', {}, { x: 0, y: 0, width: 5, height: 5 }, { ...bounds, x: 'left' }])(
    'is left to the system when what was remembered is %o',
    (remembered) => {
      expect(restoredBounds(remembered, [laptop])).toBeUndefined()
    },
  )
})

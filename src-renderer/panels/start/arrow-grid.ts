import type { KeyboardEvent } from 'react'

interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
}

/**
 * Moves the focus among the buttons of a grid by arrow keys, Home and End, wherever the rows break. For `onKeyDown` of the
 * element around them; `selector` finds the buttons in their order.
 */
export function moveInGrid(event: KeyboardEvent<HTMLElement>, selector: string): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)]
  const focused = document.activeElement
  const current = focused instanceof HTMLElement ? buttons.indexOf(focused) : -1
  if (current < 0) return
  const places = buttons.map((button) => button.getBoundingClientRect())
  const next = nextInGrid(places, current, event.key)
  if (next === undefined) return
  event.preventDefault()
  buttons[next]?.focus()
}

/** Where a key leads from place number `current`; undefined for other keys, and at the edges. */
export function nextInGrid(places: readonly Place[], current: number, key: string): number | undefined {
  const exists = (index: number) => (index >= 0 && index < places.length ? index : undefined)
  if (key === 'ArrowRight') return exists(current + 1)
  if (key === 'ArrowLeft') return exists(current - 1)
  if (key === 'Home') return exists(0)
  if (key === 'End') return exists(places.length - 1)
  if (key === 'ArrowDown') return nearestInRow(places, current, 1)
  return key === 'ArrowUp' ? nearestInRow(places, current, -1) : undefined
}

/** In the next row below or above, the place whose middle is the nearest. */
function nearestInRow(places: readonly Place[], current: number, direction: 1 | -1): number | undefined {
  const from = places[current]
  if (!from) return undefined
  const tops = places.map(({ top }) => top).filter((top) => (top - from.top) * direction > 1)
  if (tops.length === 0) return undefined
  const row = direction > 0 ? Math.min(...tops) : Math.max(...tops)
  const middle = (place: Place) => place.left + place.width / 2
  const candidates = [...places.entries()].filter(([, { top }]) => Math.abs(top - row) <= 1)
  const distance = ([, place]: (typeof candidates)[number]) => Math.abs(middle(place) - middle(from))
  return candidates.toSorted((one, other) => distance(one) - distance(other))[0]?.[0]
}

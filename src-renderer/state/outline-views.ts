import { create } from 'zustand'
import type { EnteredBlock } from './block-scope.ts'

/** How the outline of a drawing is looked at. */
export interface OutlineView {
  /** Lines that are opened or closed otherwise than lines of their type are at first. */
  readonly toggled: ReadonlySet<string>
  /** The line that the arrow keys go on from; null for the first one. */
  readonly active: string | null
  /** How far down it is scrolled, in pixels. */
  readonly scroll: number
}

const firstView: OutlineView = { toggled: new Set(), active: null, scroll: 0 }

/** The outlines that have been looked at, by their place; see `outlinePlace`. */
export const useOutlineViews = create<ReadonlyMap<string, OutlineView>>()(() => new Map())

/** Names the outline of what is shown of a project: of all of it, or of the inside of a block. */
export function outlinePlace(projectId: number, entered: readonly EnteredBlock[]): string {
  return [projectId, ...entered.map(({ layer }) => layer.id)].join('/')
}

/** How the outline of a place was looked at last; at first nothing is toggled. */
export function outlineViewOf(place: string): OutlineView {
  return useOutlineViews.getState().get(place) ?? firstView
}

/** The same, for a component that is to follow it. */
export function useOutlineView(place: string): OutlineView {
  return useOutlineViews((views) => views.get(place) ?? firstView)
}

/** Notes how an outline is looked at from now on. */
export function changeOutlineView(place: string, change: Partial<OutlineView>): void {
  const before = outlineViewOf(place)
  const after = { ...before, ...change }
  if (after.active === before.active && after.toggled === before.toggled && after.scroll === before.scroll) {
    return
  }
  useOutlineViews.setState(new Map(useOutlineViews.getState()).set(place, after), true)
}

/** Opens a line that is closed, closes one that is open. */
export function toggleOutlineLines(place: string, keys: Iterable<string>): void {
  const toggled = new Set(outlineViewOf(place).toggled)
  for (const key of keys) if (!toggled.delete(key)) toggled.add(key)
  changeOutlineView(place, { toggled })
}

/** A project that is opened anew is read from its beginning. */
export function forgetOutlines(projectId: number): void {
  const ofOthers = [...useOutlineViews.getState()].filter(
    ([place]) => place.split('/', 1)[0] !== String(projectId),
  )
  useOutlineViews.setState(new Map(ofOthers), true)
}

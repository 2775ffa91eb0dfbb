import { create } from 'zustand'

/** Which way a path leads from a layer: to what feeds it, or to what it feeds. */
export type PathDirection = 'before' | 'after'

interface ReadingState {
  /** The path that is in focus; everything else is dimmed. Null while nothing is. */
  readonly path: { readonly layerId: string; readonly direction: PathDirection } | null
  /** What is searched for on the canvas; null while nothing is. */
  readonly search: string | null
  /** Which of the finds is shown, from 0; counts on beyond the last and goes round. */
  readonly found: number
}

/** How the drawing is being read: it is no part of the document, and goes with the project. */
export const useReading = create<ReadingState>()(() => ({ path: null, search: null, found: 0 }))

/** Dims everything but what leads to a layer, or what follows it. */
export function focusPath(layerId: string, direction: PathDirection): void {
  useReading.setState({ path: { layerId, direction } })
}

export function endFocus(): void {
  useReading.setState({ path: null })
}

/** Opens the search; what was searched for last is not kept. */
export function startSearch(): void {
  useReading.setState({ search: useReading.getState().search ?? '', found: 0 })
}

export function searchFor(search: string): void {
  useReading.setState({ search, found: 0 })
}

/** Goes on to the next find, or back by -1. */
export function stepSearch(by: 1 | -1): void {
  useReading.setState(({ found }) => ({ found: found + by }))
}

export function endSearch(): void {
  useReading.setState({ search: null, found: 0 })
}

/** Another project is read anew. */
export function forgetReading(): void {
  useReading.setState({ path: null, search: null, found: 0 })
}

import { createContext, useContext } from 'react'

/**
 * How much of a layer can be read at the view's zoom. `all`: everything; `names`: name and kind; `far`: the name alone,
 * ports cannot be met; `plates`: nothing, layers are plates in their category's colour.
 */
export type DetailLevel = 'all' | 'names' | 'far' | 'plates'

/** Below these zooms the small print, then everything but the name, then the name too cannot be read. */
const [namesZoom, farZoom, platesZoom] = [0.7, 0.36, 0.2]

export function detailAt(zoom: number): DetailLevel {
  if (zoom < platesZoom) return 'plates'
  if (zoom < farZoom) return 'far'
  return zoom < namesZoom ? 'names' : 'all'
}

/** From here on ports and the shapes on wires are left out. */
export function isFar(level: DetailLevel): boolean {
  return level === 'far' || level === 'plates'
}

/** Classes of the canvas that the style sheets tell the levels by. */
export const detailClasses: Readonly<Record<DetailLevel, string>> = {
  all: '',
  names: 'canvas--distant',
  far: 'canvas--distant canvas--far',
  plates: 'canvas--distant canvas--far canvas--plates',
}

/** Whether the canvas is seen from far: a context, because a thousand subscriptions to the zoom cost more than they save. */
export const FarView = createContext(false)

export function useFarView(): boolean {
  return useContext(FarView)
}

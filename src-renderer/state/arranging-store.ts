import { create } from 'zustand'

interface ArrangingState {
  /** How many layers are being arranged; null while nothing is. */
  readonly layers: number | null
}

/** The arrangement that is being computed beside the window. */
export const useArranging = create<ArrangingState>()(() => ({ layers: null }))

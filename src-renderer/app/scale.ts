import { useUi } from '../state/ui-store.ts'

/** Factors by which everything in the window can be larger or smaller. */
export const scales = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const

/** The next factor in a direction; the same at the end of the list. One that is not in the list counts as its neighbour below. */
export function nextScale(scale: number, by: 1 | -1): number {
  const at = scales.findLastIndex((one) => one <= scale + 1e-6)
  return scales[Math.min(scales.length - 1, Math.max(0, at + by))] ?? 1
}

/** Keeps the size of what is in the window at what the person chose. Returns what ends it. */
export function startScale(): () => void {
  const { scale } = useUi.getState()
  if (scale !== 1) window.layerloom.setScale(scale)
  return useUi.subscribe((state, before) => {
    if (state.scale !== before.scale) window.layerloom.setScale(state.scale)
  })
}

/** Makes everything one step larger or smaller. */
export function stepScale(by: 1 | -1): void {
  const { scale, setScale } = useUi.getState()
  setScale(nextScale(scale, by))
}

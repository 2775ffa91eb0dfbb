import { useEffect, useMemo, useState } from 'react'
import type { ChartSeries } from './chart-data.ts'

/** Counts changes of the theme: of data-theme on <html> and of the system's preference. */
function useThemeVersion(): number {
  const [version, setVersion] = useState(0)
  useEffect(() => {
    const changed = () => setVersion((current) => current + 1)
    const observer = new MutationObserver(changed)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const media = window.matchMedia('(prefers-color-scheme: dark)')
    media.addEventListener('change', changed)
    return () => {
      observer.disconnect()
      media.removeEventListener('change', changed)
    }
  }, [])
  return version
}

/** Canvas drawing cannot use custom properties, so the browser resolves them on a probe element. */
function resolve(colours: readonly string[]): string[] {
  const probe = document.createElement('span')
  document.body.append(probe)
  const resolved = colours.map((colour) => {
    probe.style.color = colour
    return getComputedStyle(probe).color
  })
  probe.remove()
  return resolved
}

/** CSS colours as they are in the current theme, for drawing on a canvas. The list must always be the same one. */
export function useResolvedColours(colours: readonly string[]): readonly string[] {
  const version = useThemeVersion()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's version decides what the colours resolve to
  return useMemo(() => resolve(colours), [version, colours])
}

/** The current theme's colours, resolved for drawing on a chart. */
export function useColours(series: readonly ChartSeries[]) {
  const version = useThemeVersion()
  const wanted = series.map((one, index) => one.colour ?? `var(--series-${(index % 6) + 1})`).join('|')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's version decides what the colours resolve to
  return useMemo(() => {
    const [muted = 'grey', border = 'grey'] = resolve(['var(--text-muted)', 'var(--border)'])
    const font = getComputedStyle(document.body).fontFamily
    return { muted, border, font, series: resolve(wanted === '' ? [] : wanted.split('|')) }
  }, [version, wanted])
}

import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { LanguageChoice } from '../../src-core/language/language.ts'

export type Theme = 'system' | 'light' | 'dark'
export type DockTab = 'problems' | 'data' | 'training' | 'runs' | 'mermaid'
/** Beside the canvas: what can be added, or what is there. */
export type SideTab = 'palette' | 'outline'
export type InspectorTab = 'layer' | 'preview' | 'model'

interface UiState {
  readonly theme: Theme
  readonly language: LanguageChoice
  /** How large everything in the window is, as a factor. */
  readonly scale: number
  readonly dockTab: DockTab
  readonly dockOpen: boolean
  /** The dock takes nearly all of the height, for a while. */
  readonly dockTall: boolean
  readonly inspectorTab: InspectorTab
  /** Whether layers on the canvas show what they make of the sample of the preview. */
  readonly thumbnails: boolean
  readonly sideTab: SideTab
  /** What the palette is searched for. */
  readonly paletteSearch: string
  /** Whether the canvas says what its colours mean. */
  readonly legend: boolean
  /** The tour was taken or declined. */
  readonly tourSeen: boolean
  /** Layer kinds that the palette shows first. */
  readonly favourites: readonly string[]
  readonly toggleFavourite: (kind: string) => void
  readonly setTheme: (theme: Theme) => void
  readonly setLanguage: (language: LanguageChoice) => void
  readonly setScale: (scale: number) => void
  /** Shows a tab of the bottom dock, opening it if need be. */
  readonly openDock: (tab: DockTab) => void
  readonly setDockOpen: (open: boolean) => void
  readonly setDockTall: (tall: boolean) => void
  readonly setInspectorTab: (tab: InspectorTab) => void
  readonly setThumbnails: (thumbnails: boolean) => void
  readonly setPaletteSearch: (search: string) => void
  readonly setSideTab: (tab: SideTab) => void
  readonly setLegend: (shown: boolean) => void
  readonly setTourSeen: () => void
}

/** How the window is arranged; remembered on this machine, never part of a document. */
export const useUi = create<UiState>()(
  persist(
    (set) => ({
      theme: 'system',
      language: 'system',
      scale: 1,
      dockTab: 'problems',
      dockOpen: true,
      dockTall: false,
      inspectorTab: 'layer',
      thumbnails: false,
      sideTab: 'palette',
      paletteSearch: '',
      legend: false,
      tourSeen: false,
      favourites: [],
      toggleFavourite: (kind) =>
        set(({ favourites }) => ({
          favourites: favourites.includes(kind)
            ? favourites.filter((favourite) => favourite !== kind)
            : [...favourites, kind],
        })),
      setTheme: (theme) => set({ theme }),
      setLanguage: (language) => set({ language }),
      setScale: (scale) => set({ scale }),
      openDock: (dockTab) => set({ dockTab, dockOpen: true }),
      setDockOpen: (dockOpen) => set({ dockOpen, ...(dockOpen ? {} : { dockTall: false }) }),
      setDockTall: (dockTall) => set({ dockTall, ...(dockTall ? { dockOpen: true } : {}) }),
      setInspectorTab: (inspectorTab) => set({ inspectorTab }),
      setThumbnails: (thumbnails) => set({ thumbnails }),
      setPaletteSearch: (paletteSearch) => set({ paletteSearch }),
      setSideTab: (sideTab) => set({ sideTab }),
      setLegend: (legend) => set({ legend }),
      setTourSeen: () => set({ tourSeen: true }),
    }),
    {
      name: 'layerloom-window',
      version: 1,
      // A window starts with its drawing in sight, and with every layer kind.
      partialize: ({ dockTall: _, paletteSearch: __, ...kept }) => kept,
    },
  ),
)

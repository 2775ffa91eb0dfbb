import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type Theme = 'system' | 'light' | 'dark'
export type DockTab = 'problems' | 'data' | 'training' | 'runs' | 'mermaid'
export type InspectorTab = 'layer' | 'model'

interface UiState {
  readonly theme: Theme
  readonly dockTab: DockTab
  readonly dockOpen: boolean
  readonly inspectorTab: InspectorTab
  readonly setTheme: (theme: Theme) => void
  /** Shows a tab of the bottom dock, opening it if need be. */
  readonly openDock: (tab: DockTab) => void
  readonly setDockOpen: (open: boolean) => void
  readonly setInspectorTab: (tab: InspectorTab) => void
}

/** How the window is arranged; remembered on this machine, never part of a document. */
export const useUi = create<UiState>()(
  persist(
    (set) => ({
      theme: 'system',
      dockTab: 'problems',
      dockOpen: true,
      inspectorTab: 'layer',
      setTheme: (theme) => set({ theme }),
      openDock: (dockTab) => set({ dockTab, dockOpen: true }),
      setDockOpen: (dockOpen) => set({ dockOpen }),
      setInspectorTab: (inspectorTab) => set({ inspectorTab }),
    }),
    { name: 'layerloom-window', version: 1 },
  ),
)

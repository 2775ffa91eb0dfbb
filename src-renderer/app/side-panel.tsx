import { Palette } from '../canvas/palette.tsx'
import { Outline } from '../panels/outline/outline.tsx'
import { type SideTab, useUi } from '../state/ui-store.ts'
import { type TabDefinition, Tabs } from '../ui/tabs.tsx'

const tabs: readonly TabDefinition<SideTab>[] = [
  { id: 'palette', label: 'Layers', content: <Palette /> },
  { id: 'outline', label: 'Outline', content: <Outline /> },
]

/** Beside the canvas: what can be added to it, or what stands on it. */
export function SidePanel() {
  const active = useUi((state) => state.sideTab)
  const setActive = useUi((state) => state.setSideTab)
  return (
    <section className="workbench__part" aria-label="Side panel">
      <h2 className="visually-hidden">Side panel</h2>
      <Tabs label="Side panel" tabs={tabs} active={active} onChange={setActive} />
    </section>
  )
}

import { t } from '../../src-core/language/t.ts'
import { Palette } from '../canvas/palette.tsx'
import { Outline } from '../panels/outline/outline.tsx'
import { type SideTab, useUi } from '../state/ui-store.ts'
import { type TabDefinition, Tabs } from '../ui/tabs.tsx'

/** Beside the canvas: what can be added to it, or what stands on it. */
export function SidePanel() {
  const active = useUi((state) => state.sideTab)
  const setActive = useUi((state) => state.setSideTab)
  const tabs: readonly TabDefinition<SideTab>[] = [
    { id: 'palette', label: t('Layers'), content: <Palette /> },
    { id: 'outline', label: t('Outline'), content: <Outline /> },
  ]
  return (
    <section className="workbench__part" aria-label={t('Side panel')}>
      <h2 className="visually-hidden">{t('Side panel')}</h2>
      <Tabs label={t('Side panel')} tabs={tabs} active={active} onChange={setActive} />
    </section>
  )
}

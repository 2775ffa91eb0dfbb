import { useEffect } from 'react'
import { mark, t } from '../../../src-core/language/t.ts'
import { useProject } from '../../state/project-store.ts'
import { type InspectorTab, useUi } from '../../state/ui-store.ts'
import { type TabDefinition, Tabs } from '../../ui/tabs.tsx'
import { PreviewPanel } from '../preview/preview-panel.tsx'
import './inspector.css'
import { LayerInspector } from './layer-inspector.tsx'
import { ModelInspector } from './model-inspector.tsx'

const tabs: readonly TabDefinition<InspectorTab>[] = [
  { id: 'layer', label: mark('Layer'), content: <LayerInspector /> },
  { id: 'preview', label: mark('Preview'), content: <PreviewPanel /> },
  { id: 'model', label: mark('Model'), content: <ModelInspector /> },
]

/** What is known about the selection and the whole model, and the forms to change them. */
export function Inspector() {
  const active = useUi((state) => state.inspectorTab)
  const setActive = useUi((state) => state.setInspectorTab)
  // Selecting something asks about it; a preview follows the selection by itself.
  const selection = useProject((state) => state.selectedLayers)
  const notes = useProject((state) => state.selectedNotes)
  useEffect(() => {
    if (selection.size + notes.size > 0 && useUi.getState().inspectorTab !== 'preview') setActive('layer')
  }, [selection, notes, setActive])
  return (
    <aside className="inspector" aria-label={t('Inspector')}>
      <Tabs
        label={t('Inspector')}
        tabs={tabs.map((tab) => ({ ...tab, label: t(tab.label) }))}
        active={active}
        onChange={setActive}
      />
    </aside>
  )
}

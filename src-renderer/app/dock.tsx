import { ChevronDown, ChevronUp, Maximize2, Minimize2 } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { t } from '../../src-core/language/t.ts'
import { DatasetPanel } from '../panels/dataset/dataset-panel.tsx'
import { ProblemsPanel } from '../panels/problems/problems-panel.tsx'
import { RunsPanel } from '../panels/runs/runs-panel.tsx'
import { TrainingPanel } from '../panels/training/training-panel.tsx'
import { useCompile } from '../state/compile-store.ts'
import { useProject } from '../state/project-store.ts'
import { useActiveRun } from '../state/run-store.ts'
import type { DockTab } from '../state/ui-store.ts'
import { useUi } from '../state/ui-store.ts'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/button.tsx'
import { type TabDefinition, Tabs } from '../ui/tabs.tsx'

// Mermaid is larger than everything else together, so it is loaded when it is first looked at.
const MermaidPanel = lazy(() =>
  import('../panels/mermaid/mermaid-panel.tsx').then((module) => ({ default: module.MermaidPanel })),
)

/** The panels under the canvas. */
export function Dock() {
  const active = useUi((state) => state.dockTab)
  const open = useUi((state) => state.dockOpen)
  const openDock = useUi((state) => state.openDock)
  const setOpen = useUi((state) => state.setDockOpen)
  const tall = useUi((state) => state.dockTall)
  const setTall = useUi((state) => state.setDockTall)
  const training = useActiveRun() !== undefined
  const tabs: readonly TabDefinition<DockTab>[] = [
    { id: 'problems', label: t('Problems'), badge: <ProblemCount />, content: <ProblemsPanel /> },
    { id: 'data', label: t('Data'), content: <DatasetPanel /> },
    {
      id: 'training',
      label: t('Training'),
      badge: training && <Badge tone="accent">{t('running')}</Badge>,
      content: <TrainingPanel />,
    },
    { id: 'runs', label: t('Runs'), content: <RunsPanel /> },
    {
      id: 'mermaid',
      label: t('Mermaid'),
      content: (
        <Suspense fallback={null}>
          <MermaidPanel />
        </Suspense>
      ),
    },
  ]
  const buttons = (
    <>
      <IconButton
        label={t(tall ? 'Make the lower panel smaller' : 'Make the lower panel larger')}
        icon={tall ? Minimize2 : Maximize2}
        onClick={() => setTall(!tall)}
      />
      <IconButton
        label={t(open ? 'Hide the lower panel' : 'Show the lower panel')}
        icon={open ? ChevronDown : ChevronUp}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
    </>
  )
  return (
    <section className="workbench__part" aria-label={t('Lower panel')}>
      <h2 className="visually-hidden">{t('Lower panel')}</h2>
      <Tabs
        label={t('Panels')}
        tabs={tabs}
        active={active}
        onChange={openDock}
        end={buttons}
        hideContent={!open}
      />
    </section>
  )
}

function ProblemCount() {
  const errors = useCompile((state) => state.errorCount)
  const warnings = useCompile((state) => state.warningCount)
  // An empty canvas is no mistake.
  const empty = useProject((state) => state.document?.layers.length === 0)
  if (empty) return null
  if (errors > 0) return <Badge tone="danger">{errors}</Badge>
  return warnings > 0 ? <Badge tone="warning">{warnings}</Badge> : null
}

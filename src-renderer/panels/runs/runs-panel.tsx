import { ListChecks } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { RunSummary } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import { useRuns } from '../../state/run-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { RunDetailView } from './run-detail.tsx'
import { RunTable } from './run-table.tsx'
import './runs-panel.css'

/** Every run of the open project, and one of them in detail. */
export function RunsPanel() {
  const { runs, refresh } = useRuns()
  const [chosenId, choose] = useState<number | null>(null)
  useEffect(() => {
    void refresh()
  }, [refresh])
  if (!runs || runs.length === 0) {
    return (
      <EmptyState icon={ListChecks} title={t('No runs yet')}>
        {t('Every training run is kept here with its settings, curves and results.')}
      </EmptyState>
    )
  }
  const shown: RunSummary | undefined = runs.find((run) => run.id === chosenId) ?? runs[0]
  return (
    <section className="runs-panel" aria-label={t('Runs')}>
      <RunTable runs={runs} shownId={shown?.id} onChoose={choose} />
      {shown && <RunDetailView key={shown.id} run={shown} />}
    </section>
  )
}

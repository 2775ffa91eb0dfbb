import { PenLine } from 'lucide-react'
import { useEffect, useState } from 'react'
import { isContinuous } from '../../../src-core/datasets/dataset-spec.ts'
import type { RunSummary } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import { findDataset, useDatasets } from '../../state/dataset-store.ts'
import { isActive } from '../../state/live-run.ts'
import { useRuns } from '../../state/run-store.ts'
import { Button } from '../../ui/button.tsx'
import { GenerateTextDialog } from './generate-text-dialog.tsx'

/** Opens the desk where a run writes text; nothing for runs that do not learn text, or have no weights yet. */
export function GenerateTextButton({ runId }: { readonly runId: number }) {
  const run = useRuns((state) => state.runs?.find(({ id }) => id === runId))
  const learnsText = useLearnsText(run)
  const [shown, show] = useState(false)
  if (!run || !learnsText || isActive(run.status) || run.epochsDone === 0) return null
  return (
    <>
      <Button size="small" icon={PenLine} onClick={() => show(true)}>
        {t('Generate text…')}
      </Button>
      <GenerateTextDialog runId={runId} open={shown} onClose={() => show(false)} />
    </>
  )
}

function useLearnsText(run: RunSummary | undefined): boolean {
  const { datasets, refresh } = useDatasets()
  const isUnknown = datasets === null
  useEffect(() => {
    if (isUnknown) void refresh()
  }, [isUnknown, refresh])
  const dataset = findDataset(datasets, run?.datasetName)
  return dataset !== undefined && isContinuous(dataset)
}

import { useEffect } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { usePreview } from '../../state/preview-store.ts'
import { useProject } from '../../state/project-store.ts'
import { useRuns } from '../../state/run-store.ts'
import { SelectField } from '../../ui/select.tsx'

const fresh = 'fresh'

/** Weights that a training would begin with, or those of a run of this project. */
export function WeightPicker() {
  const runs = useRuns((state) => state.runs)
  const refresh = useRuns((state) => state.refresh)
  const runId = usePreview((state) => state.runId)
  const choose = usePreview((state) => state.choose)
  const seed = useProject((state) => state.document?.training.seed)
  useEffect(() => {
    if (runs === null) void refresh()
  }, [runs, refresh])
  const trained = runs?.filter((run) => run.epochsDone > 0) ?? []
  return (
    <SelectField
      label={t('Weights')}
      description={t('Fresh ones are those that a training with the seed of the settings begins with.')}
      value={runId === null ? fresh : String(runId)}
      options={[
        { value: fresh, label: t('Fresh (seed {{seed}})', { seed: seed ?? 0 }) },
        ...trained.map((run) => ({
          value: String(run.id),
          label: t('Run {{id}}, {{count, number}} epochs', { id: run.id, count: run.epochsDone }),
        })),
      ]}
      onChange={(value) => choose({ runId: value === fresh ? null : Number(value) })}
    />
  )
}

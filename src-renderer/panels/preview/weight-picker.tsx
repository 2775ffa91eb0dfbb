import { useEffect } from 'react'
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
      label="Weights"
      description="Fresh ones are those that a training with the seed of the settings begins with."
      value={runId === null ? fresh : String(runId)}
      options={[
        { value: fresh, label: `Fresh (seed ${seed ?? 0})` },
        ...trained.map((run) => ({
          value: String(run.id),
          label: `Run ${run.id}, ${run.epochsDone === 1 ? '1 epoch' : `${run.epochsDone} epochs`}`,
        })),
      ]}
      onChange={(value) => choose({ runId: value === fresh ? null : Number(value) })}
    />
  )
}

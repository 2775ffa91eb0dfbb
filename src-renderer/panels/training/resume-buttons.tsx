import { RotateCcw } from 'lucide-react'
import { t } from '../../../src-core/language/t.ts'
import type { Problem } from '../../../src-core/problems.ts'
import type { RunStatus } from '../../../src-core/training/run-event.ts'
import { useRuns } from '../../state/run-store.ts'
import { Button } from '../../ui/button.tsx'

interface ResumeButtonsProps {
  readonly runId: number
  readonly status: RunStatus
  readonly problem: Problem | null
  /** What the button for going on as before says. */
  readonly label: string
}

/** Goes on with a run; where memory ran out, or may have, also with a batch that fits. */
export function ResumeButtons({ runId, status, problem, label }: ResumeButtonsProps) {
  const resume = useRuns((state) => state.resume)
  const batchSize = status === 'paused' ? problem?.batchSize : undefined
  const isMemory = problem?.code === 'run.outOfMemory'
  return (
    <>
      {batchSize !== undefined && (
        <Button
          variant={isMemory ? 'primary' : 'secondary'}
          size="small"
          icon={RotateCcw}
          onClick={() => void resume(runId, batchSize)}
        >
          {t('Resume with batch {{batchSize, number}}', { batchSize })}
        </Button>
      )}
      <Button size="small" icon={RotateCcw} onClick={() => void resume(runId)}>
        {label}
      </Button>
    </>
  )
}

/** The problem of a run as its card shows it: going on with a fitting batch takes the place of setting it. */
export function shownProblem(status: RunStatus, problem: Problem): Problem {
  if (status !== 'paused') return problem
  const { fix: _, ...rest } = problem
  return rest
}

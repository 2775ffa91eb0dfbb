import { useEffect, useState } from 'react'
import type { RunDetail, RunSummary } from '../../../src-core/ipc/contract.ts'
import { call } from '../../bridge/call.ts'
import { notifyProblems } from '../../ui/toast-store.ts'

/** Everything the workspace knows about a run; null until it has answered. Asked again when the run has gone on. */
export function useRunDetail(run: RunSummary): RunDetail | null {
  const [detail, setDetail] = useState<RunDetail | null>(null)
  const { id, status, epochsDone } = run
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that has gone on is read again
  useEffect(() => {
    let current = true
    void call('runs.get', { runId: id }).then((answer) => {
      if (!current) return
      if (answer.ok) setDetail(answer.value)
      else notifyProblems(answer.problems)
    })
    return () => {
      current = false
    }
  }, [id, status, epochsDone])
  return detail
}

import { create } from 'zustand'
import type { MemoryReport } from '../../src-core/training/memory/memory-report.ts'
import { call } from '../bridge/call.ts'
import { useCompile } from './compile-store.ts'
import { useDatasets } from './dataset-store.ts'
import { useProject } from './project-store.ts'
import { useRuns } from './run-store.ts'

/** Main builds the training graph for it, which is not wanted at every key. */
export const memoryAfterMs = 500

interface MemoryState {
  /** What training the open model needs and what is free; null while that is not known. */
  readonly report: MemoryReport | null
}

export const useMemory = create<MemoryState>()(() => ({ report: null }))

let timer: ReturnType<typeof setTimeout> | undefined
/** Counts questions, so that an answer that was overtaken is dropped. */
let asked = 0

/** Asks shortly after each change of the model, the data or the runs; returns what ends it. */
export function startMemoryFeed(): () => void {
  const stops = [
    useCompile.subscribe((state, before) => {
      if (state.compiled !== before.compiled) askSoon()
    }),
    useDatasets.subscribe((state, before) => {
      if (state.datasets !== before.datasets) askSoon()
    }),
    // Memory that a run had is free again.
    useRuns.subscribe((state, before) => {
      if (state.runs !== before.runs) askSoon()
    }),
  ]
  return () => {
    clearTimeout(timer)
    asked += 1
    for (const stop of stops) stop()
  }
}

function askSoon(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void ask(), memoryAfterMs)
}

async function ask(): Promise<void> {
  asked += 1
  const question = asked
  const { document } = useProject.getState()
  if (!document || !useCompile.getState().plan) return useMemory.setState({ report: null })
  const answer = await call('runs.memory', { document })
  // A failure is not worth a message: the figure is missing, and training says what is wrong.
  if (question === asked) useMemory.setState({ report: answer.ok ? answer.value : null })
}

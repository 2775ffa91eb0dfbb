import { create } from 'zustand'
import type { MemoryReport } from '../../src-core/training/memory/memory-report.ts'
import { call } from '../bridge/call.ts'
import { useCompile } from './compile-store.ts'
import { memoryAfterMs, useMemory } from './memory-store.ts'
import { useProject } from './project-store.ts'

interface BatchState {
  /** The batch size that the totals are shown for; null: the one of the training settings. */
  readonly chosen: number | null
  /** What training would need at the chosen size; null while it is not known or nothing was chosen. */
  readonly report: MemoryReport | null
}

/** Sizes of the model at a batch size for looking at: the training settings keep theirs. */
export const useBatch = create<BatchState>()(() => ({ chosen: null, report: null }))

let timer: ReturnType<typeof setTimeout> | undefined
/** Counts questions, so that an answer that was overtaken is dropped. */
let asked = 0

/** Shows totals for another batch size; null for that of the training settings. */
export function chooseBatch(chosen: number | null): void {
  useBatch.setState({ chosen, report: null })
  askSoon()
}

/** Asks again after each change of the model while a size is chosen, and forgets it with the project; returns what ends it. */
export function startBatchFeed(): () => void {
  const stops = [
    useCompile.subscribe((state, before) => {
      if (state.compiled !== before.compiled) askSoon()
    }),
    // What is free has changed, or may have.
    useMemory.subscribe(askSoon),
    useProject.subscribe((state, before) => {
      if (state.project?.id !== before.project?.id) chooseBatch(null)
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
  if (useBatch.getState().chosen !== null) timer = setTimeout(() => void ask(), memoryAfterMs)
}

async function ask(): Promise<void> {
  asked += 1
  const question = asked
  const { chosen } = useBatch.getState()
  const { document } = useProject.getState()
  if (!document || chosen === null || !useCompile.getState().plan) return useBatch.setState({ report: null })
  const training = { ...document.training, batchSize: chosen }
  const answer = await call('runs.memory', { document: { ...document, training } })
  // A failure is not worth a message: the figure is missing, and training says what is wrong.
  if (question === asked) useBatch.setState({ report: answer.ok ? answer.value : null })
}

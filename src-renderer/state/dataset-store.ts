import { create } from 'zustand'
import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import { call } from '../bridge/call.ts'
import { notifyProblems } from '../ui/toast-store.ts'

interface DatasetState {
  /** Every dataset of the workspace; null until they were asked for. */
  readonly datasets: readonly DatasetInfo[] | null
  /** What is being brought in, for a busy sign; null when nothing is. */
  readonly importing: string | null
  readonly refresh: () => Promise<void>
  /** Puts a dataset that ships with the app into the workspace; undefined when it failed (the person was told). */
  readonly addSample: (name: string) => Promise<DatasetInfo | undefined>
  /** Lets the person choose a file; undefined when cancelled or failed. */
  readonly importFile: () => Promise<DatasetInfo | undefined>
  readonly remove: (datasetId: number) => Promise<boolean>
}

/** The datasets of the workspace. */
export const useDatasets = create<DatasetState>()((set, get) => ({
  datasets: null,
  importing: null,

  refresh: async () => {
    const answer = await call('datasets.list', {})
    if (answer.ok) set({ datasets: answer.value })
    else notifyProblems(answer.problems)
  },

  addSample: async (name) => {
    set({ importing: name })
    const answer = await call('datasets.addSample', { name })
    set({ importing: null })
    if (!answer.ok) {
      notifyProblems(answer.problems)
      return undefined
    }
    await get().refresh()
    return answer.value
  },

  importFile: async () => {
    set({ importing: 'file' })
    const answer = await call('datasets.importFile', {})
    set({ importing: null })
    if (!answer.ok) {
      notifyProblems(answer.problems)
      return undefined
    }
    if (answer.value) await get().refresh()
    return answer.value ?? undefined
  },

  remove: async (datasetId) => {
    const answer = await call('datasets.remove', { datasetId })
    if (!answer.ok) notifyProblems(answer.problems)
    await get().refresh()
    return answer.ok
  },
}))

/** The dataset of that name, when the workspace has it. */
export function findDataset(
  datasets: readonly DatasetInfo[] | null,
  name: string | undefined,
): DatasetInfo | undefined {
  return datasets?.find((dataset) => dataset.name === name)
}

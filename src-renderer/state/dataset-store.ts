import { create } from 'zustand'
import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import type { ChannelInput } from '../../src-core/ipc/contract.ts'
import type { Result } from '../../src-core/problems.ts'
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
  /** Lets the person choose a text, which is cut into windows of so many characters. */
  readonly importText: (choices: ChannelInput<'datasets.importText'>) => Promise<DatasetInfo | undefined>
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
    return imported(await call('datasets.importFile', {}))
  },

  importText: async (choices) => {
    set({ importing: 'text' })
    return imported(await call('datasets.importText', choices))
  },

  remove: async (datasetId) => {
    const answer = await call('datasets.remove', { datasetId })
    if (!answer.ok) notifyProblems(answer.problems)
    await get().refresh()
    return answer.ok
  },
}))

/** What came of a file that a person chose. */
async function imported(answer: Result<DatasetInfo | null>): Promise<DatasetInfo | undefined> {
  useDatasets.setState({ importing: null })
  if (!answer.ok) {
    notifyProblems(answer.problems)
    return undefined
  }
  if (answer.value) await useDatasets.getState().refresh()
  return answer.value ?? undefined
}

/** The dataset of that name, when the workspace has it. */
export function findDataset(
  datasets: readonly DatasetInfo[] | null,
  name: string | undefined,
): DatasetInfo | undefined {
  return datasets?.find((dataset) => dataset.name === name)
}

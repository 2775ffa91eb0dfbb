import { call } from '../bridge/call.ts'
import { findDataset, useDatasets } from './dataset-store.ts'
import { useProject } from './project-store.ts'

let shipped: Promise<readonly string[]> | undefined
const underway = new Map<string, Promise<unknown>>()

/** Names of the samples that ship with the app; asked for once. */
export function shippedSamples(): Promise<readonly string[]> {
  shipped ??= call('app.info', {}).then((answer) => {
    // A failure is not kept, so that the next question may succeed.
    if (!answer.ok) shipped = undefined
    return answer.ok ? answer.value.shippedSamples : []
  })
  return shipped
}

/**
 * Puts the dataset a model names into the workspace when it is a sample that ships and is not there yet: a template
 * can be trained at once. Settles when that is done, or when there is nothing to do.
 */
export async function provideSample(name: string | undefined): Promise<void> {
  const { datasets, addSample } = useDatasets.getState()
  if (name === undefined || datasets === null || findDataset(datasets, name)) return
  if (!(await shippedSamples()).includes(name)) return
  const adding = underway.get(name) ?? addSample(name).finally(() => underway.delete(name))
  underway.set(name, adding)
  await adding
}

/** Provides the samples that opened models name; returns what ends that. */
export function startProvidingSamples(): () => void {
  const provide = () => void provideSample(useProject.getState().document?.dataset?.name)
  const stops = [
    useProject.subscribe((state, before) => {
      if (state.document?.dataset?.name !== before.document?.dataset?.name) provide()
    }),
    useDatasets.subscribe((state, before) => {
      // Only the first list: a sample that was removed is not brought back behind somebody's back.
      if (before.datasets === null && state.datasets !== null) provide()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

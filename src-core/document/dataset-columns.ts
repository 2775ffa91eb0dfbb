import type { DatasetBinding } from './model-document.ts'

/** The binding without the columns of a layer; the same object when it has none. */
export function withoutLayer(dataset: DatasetBinding | null, layerId: string): DatasetBinding | null {
  if (!dataset) return dataset
  if (!Object.hasOwn(dataset.inputs, layerId) && !Object.hasOwn(dataset.targets, layerId)) return dataset
  const without = (columns: Readonly<Record<string, string[]>>) =>
    Object.fromEntries(Object.entries(columns).filter(([id]) => id !== layerId))
  return { ...dataset, inputs: without(dataset.inputs), targets: without(dataset.targets) }
}

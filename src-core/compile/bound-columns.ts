import type { ColumnSpec, DatasetInfo } from '../datasets/dataset-spec.ts'
import type { DatasetBinding } from '../document/model-document.ts'
import { failure, problem, type Result, success } from '../problems.ts'
import type { PlannedLayer } from './model-plan.ts'

/** Whether a binding entry feeds an input layer or gives an output layer's target. */
export type BindingSide = 'inputs' | 'targets'

/** The columns a binding names for a layer; `undefined` when it names none, a problem when one does not exist. */
export function namedColumns(
  layer: PlannedLayer,
  side: BindingSide,
  binding: DatasetBinding,
  dataset: DatasetInfo,
): Result<readonly ColumnSpec[]> | undefined {
  const names = Object.hasOwn(binding[side], layer.id) ? binding[side][layer.id] : undefined
  if (!names) return undefined
  const columns = names.map((name) => dataset.columns.find((column) => column.name === name))
  const found = columns.flatMap((column) => (column ? [column] : []))
  if (found.length === names.length) return success(found)
  const missing = names.filter((_, index) => !columns[index])
  return failure(
    problem(
      'data.column',
      `${layer.name} takes ${list(missing)}, but the dataset "${dataset.name}" has no such column.`,
      {
        hint: `Its columns are ${list(dataset.columns.map((column) => column.name))}.`,
        layerId: layer.id,
        fix: {
          label: 'Choose columns automatically',
          edits: [{ type: 'setDataset', dataset: withoutEntry(binding, side, layer.id) }],
        },
      },
    ),
  )
}

function withoutEntry(binding: DatasetBinding, side: BindingSide, layerId: string): DatasetBinding {
  const entries = Object.entries(binding[side]).filter(([id]) => id !== layerId)
  return { ...binding, [side]: Object.fromEntries(entries) }
}

/** The binding with these columns for a layer. */
export function withColumns(
  binding: DatasetBinding,
  side: BindingSide,
  layerId: string,
  names: readonly string[],
): DatasetBinding {
  return { ...binding, [side]: { ...binding[side], [layerId]: [...names] } }
}

/** Quoted names, at most six of them. */
export function list(names: readonly string[]): string {
  const quoted = names.slice(0, 6).map((name) => `"${name}"`)
  const more = names.length > 6 ? ` and ${names.length - 6} more` : ''
  return quoted.join(', ') + more
}

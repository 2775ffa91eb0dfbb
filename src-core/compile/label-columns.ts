import type { ColumnSpec, DatasetInfo } from '../datasets/dataset-spec.ts'
import { isLabelLoss } from '../training/losses/loss-rules.ts'
import { lossKinds } from '../training/run-config.ts'
import type { PlannedLayer } from './model-plan.ts'

/** Whether an output is compared with a list of labels, which several columns hold. */
export function takesLabels({ parameters }: PlannedLayer): boolean {
  const kind = lossKinds.find((loss) => loss === parameters.loss)
  return kind !== undefined && isLabelLoss(kind)
}

/** Whether a column holds whole numbers: a number column may; a category does whose classes are called 0, 1, 2, .... */
export function mayHoldLabels({ type, categories = [] }: ColumnSpec): boolean {
  return (
    type === 'number' || (type === 'category' && categories.every((name, index) => name === String(index)))
  )
}

/**
 * The columns of a list of labels, from any one of them: those that are called the same but for a number at the end, in
 * the order of these numbers (`label 1`, `label 2`, ...). A column without a number, and without others, is alone.
 */
export function labelColumns(column: ColumnSpec, dataset: DatasetInfo): readonly ColumnSpec[] {
  const stem = numbered(column.name)?.stem
  if (stem === undefined || !mayHoldLabels(column)) return [column]
  return dataset.columns
    .flatMap((each) => {
      const own = numbered(each.name)
      return own?.stem === stem && mayHoldLabels(each) ? [{ each, number: own.number }] : []
    })
    .toSorted((one, other) => one.number - other.number)
    .map(({ each }) => each)
}

function numbered(name: string): { readonly stem: string; readonly number: number } | undefined {
  const [, stem, digits] = /^(.*?)(\d+)$/.exec(name) ?? []
  return stem === undefined ? undefined : { stem, number: Number(digits) }
}

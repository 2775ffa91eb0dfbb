import type { ColumnSpec, DatasetInfo } from '../datasets/dataset-spec.ts'
import type { DatasetBinding } from '../document/model-document.ts'
import { type Fix, failure, problem, type Result, success } from '../problems.ts'
import { elementCount } from '../tensor-graph/types.ts'
import type { TargetCentre, TargetDescription } from '../training/losses/output-loss.ts'
import type { NormalizationKind } from '../training/run-config.ts'
import { list, namedColumns, withColumns } from './bound-columns.ts'
import { labelColumns, mayHoldLabels, takesLabels } from './label-columns.ts'
import type { PlannedLayer } from './model-plan.ts'
import { automaticTarget, reconstructionOf } from './reconstruction.ts'

/** The target columns of one output layer; of a list of labels all, where one of them is named. */
export function bindTarget(
  output: PlannedLayer,
  isOnly: boolean,
  binding: DatasetBinding,
  dataset: DatasetInfo,
): Result<readonly ColumnSpec[]> {
  const bound = chosenColumns(output, isOnly, binding, dataset)
  const [only, ...others] = bound.ok ? bound.value : []
  if (!only || others.length > 0 || !takesLabels(output)) return bound
  return success(labelColumns(only, dataset))
}

function chosenColumns(
  output: PlannedLayer,
  isOnly: boolean,
  binding: DatasetBinding,
  dataset: DatasetInfo,
): Result<readonly ColumnSpec[]> {
  const named = namedColumns(output, 'targets', binding, dataset)
  if (named) return named.ok ? checkTarget(output, named.value) : named
  const column = isOnly
    ? automaticTarget(output.outputShape, dataset)
    : dataset.columns.find(({ name }) => name === output.name)
  if (column) return success([column])
  const fix = reconstructionOf(output, binding, dataset)?.fix ?? targetFix(output, binding, dataset)
  return failure(
    problem(
      'data.targetMissing',
      `${output.name} has no target: nothing says which column of "${dataset.name}" it shall predict.`,
      {
        hint: `Choose one of ${list(dataset.columns.map(({ name }) => name))}.`,
        layerId: output.id,
        ...(fix ? { fix } : {}),
      },
    ),
  )
}

/** The only category, or else the last column, is what tables are usually about. */
function targetFix(output: PlannedLayer, binding: DatasetBinding, dataset: DatasetInfo): Fix | undefined {
  const categories = dataset.columns.filter(({ type }) => type === 'category')
  const column = categories.length === 1 ? categories[0] : dataset.columns.at(-1)
  if (!column || dataset.columns.length < 2) return undefined
  return {
    label: `Predict ${column.name}`,
    edits: [{ type: 'setDataset', dataset: withColumns(binding, 'targets', output.id, [column.name]) }],
  }
}

function checkTarget(output: PlannedLayer, columns: readonly ColumnSpec[]): Result<readonly ColumnSpec[]> {
  if (takesLabels(output) && columns.every(mayHoldLabels)) return success(columns)
  const category = columns.find(({ type }) => type === 'category' || type === 'tokens')
  if (!category || columns.length === 1) return success(columns)
  return failure(
    problem(
      'data.column',
      `${output.name} shall predict ${list(columns.map(({ name }) => name))} together, but "${category.name}" is ${category.type === 'tokens' ? 'a sequence of tokens' : 'a category'}.`,
      {
        hint: 'A target is one category, one sequence of tokens, or any number of number columns. Give each category an output of its own.',
        layerId: output.id,
      },
    ),
  )
}

/** What the graph must know about a target. Pixels are compared as 0 to 1 unless values stay as stored. */
export function describeTarget(
  columns: readonly ColumnSpec[],
  normalization: NormalizationKind,
): TargetDescription {
  const [first] = columns
  if (!first) throw new Error('a target has at least one column')
  if (first.type === 'category' && columns.length === 1) {
    return { kind: 'category', classes: first.categories?.length ?? 0, name: first.name }
  }
  if (first.type === 'tokens') {
    const [steps = 1] = first.shape
    return { kind: 'category', classes: first.categories?.length ?? 0, name: first.name, steps }
  }
  const bounds = columns.map((column) => targetBounds(column, normalization))
  const minimum = Math.min(...bounds.map(([low]) => low))
  const maximum = Math.max(...bounds.map(([, high]) => high))
  return {
    kind: 'number',
    width: columns.reduce((sum, column) => sum + elementCount(column.shape), 0),
    name: columns.map(({ name }) => name).join(', '),
    ...(Number.isFinite(minimum) ? { minimum } : {}),
    ...(Number.isFinite(maximum) ? { maximum } : {}),
    ...targetCentres(columns, normalization),
  }
}

/** The mean of every column of a target; nothing where one is not known. */
function targetCentres(
  columns: readonly ColumnSpec[],
  normalization: NormalizationKind,
): { centres?: readonly TargetCentre[] } {
  const centres = columns.flatMap(({ type, shape, statistics: { mean } }) => {
    const scale = type === 'image' && normalization !== 'none' ? 1 / 255 : 1
    return mean === null ? [] : [{ mean: mean * scale, width: elementCount(shape) }]
  })
  return centres.length === columns.length ? { centres } : {}
}

function targetBounds(column: ColumnSpec, normalization: NormalizationKind): readonly [number, number] {
  // Of several columns one can be a category only where it counts as the numbers its classes are called.
  if (column.type === 'category') return [0, (column.categories?.length ?? 1) - 1]
  if (column.type === 'image') return normalization === 'none' ? [0, 255] : [0, 1]
  const { minimum, maximum } = column.statistics
  return [minimum ?? Number.NEGATIVE_INFINITY, maximum ?? Number.POSITIVE_INFINITY]
}

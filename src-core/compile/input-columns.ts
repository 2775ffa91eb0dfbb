import type { ColumnSpec, DatasetInfo } from '../datasets/dataset-spec.ts'
import { encodedSize } from '../datasets/input-preparation.ts'
import type { DatasetBinding } from '../document/model-document.ts'
import { failure, problem, type Result, success } from '../problems.ts'
import { sameShape } from '../shapes/broadcast.ts'
import { formatShape } from '../shapes/format-shape.ts'
import { elementCount, type Shape } from '../tensor-graph/types.ts'
import { list, namedColumns } from './bound-columns.ts'
import type { PlannedLayer } from './model-plan.ts'

/** The columns that feed one input layer, checked against its shape. `taken` are the columns that are targets. */
export function bindInput(
  input: PlannedLayer,
  isOnly: boolean,
  binding: DatasetBinding,
  dataset: DatasetInfo,
  taken: ReadonlySet<string>,
): Result<readonly ColumnSpec[]> {
  const named = namedColumns(input, 'inputs', binding, dataset)
  if (named && !named.ok) return named
  const columns = named?.value ?? automaticColumns(input, isOnly, dataset, taken)
  if (columns.length === 0) return noColumns(input, isOnly, dataset)
  return checkMixture(input, columns) ?? checkShape(input, columns, dataset)
}

/**
 * All that is not a target feeds the only input: images an input of three axes, everything else any other. Where no image
 * is left for an input that is as large as one, the target itself feeds it: the model reconstructs what it gets.
 */
function automaticColumns(
  input: PlannedLayer,
  isOnly: boolean,
  dataset: DatasetInfo,
  taken: ReadonlySet<string>,
): readonly ColumnSpec[] {
  const free = dataset.columns.filter(({ name }) => !taken.has(name))
  if (!isOnly) return free.filter(({ name }) => name === input.name)
  const images = free.filter(({ type }) => type === 'image')
  const reconstructed = dataset.columns.filter(
    ({ name, type, shape }) => type === 'image' && taken.has(name) && fitsImage(input.outputShape, shape),
  )
  if (images.length === 0 && reconstructed.length === 1) return reconstructed
  if (images.length === 0 || images.length === free.length) return free
  const takesImages =
    input.outputShape.length === 3 || images.some(({ shape }) => fitsImage(input.outputShape, shape))
  return takesImages ? images : free.filter(({ type }) => type !== 'image')
}

function noColumns(input: PlannedLayer, isOnly: boolean, dataset: DatasetInfo): Result<never> {
  const message = isOnly
    ? `${input.name} gets nothing: the dataset "${dataset.name}" has no column besides the target.`
    : `${input.name} gets nothing: nothing says which columns of "${dataset.name}" feed it.`
  return failure(
    problem('data.column', message, {
      hint: `Choose columns for ${input.name}; there are ${list(dataset.columns.map(({ name }) => name))}.`,
      layerId: input.id,
    }),
  )
}

function checkMixture(input: PlannedLayer, columns: readonly ColumnSpec[]): Result<never> | undefined {
  const image = columns.find(({ type }) => type === 'image')
  if (!image || columns.length === 1) return undefined
  return failure(
    problem(
      'data.column',
      `${input.name} takes ${list(columns.map(({ name }) => name))} together, but "${image.name}" is an image.`,
      {
        hint: 'An image needs an input layer of its own; merge the two ways with Concatenate later.',
        layerId: input.id,
      },
    ),
  )
}

function checkShape(
  input: PlannedLayer,
  columns: readonly ColumnSpec[],
  dataset: DatasetInfo,
): Result<readonly ColumnSpec[]> {
  const wanted = input.outputShape
  const [first] = columns
  const isImage = first?.type === 'image'
  const count = columns.reduce((sum, column) => sum + encodedSize(column), 0)
  const given: Shape = isImage ? first.shape : [count]
  if (isImage ? fitsImage(wanted, given) : elementCount(wanted) === count) return success(columns)
  const source = isImage
    ? `the images "${first.name}" of "${dataset.name}" are ${formatShape(given)}`
    : `${columns.length === 1 ? 'the column' : `the ${columns.length} columns`} ${list(columns.map(({ name }) => name))} of "${dataset.name}" give ${count} value${count === 1 ? '' : 's'}`
  const category = columns.find(({ type }) => type === 'category')?.name
  const reason = category === undefined ? '' : ` ("${category}" takes one value per category)`
  return failure(
    problem('data.inputShape', `${input.name} has the shape ${formatShape(wanted)}, but ${source}.`, {
      hint: `Set the shape of ${input.name} to ${formatShape(given)}${reason}.`,
      layerId: input.id,
      parameter: 'shape',
      fix: {
        label: `Set the shape to ${formatShape(given)}`,
        edits: [{ type: 'setParameters', layerId: input.id, parameters: { shape: [...given] } }],
      },
    }),
  )
}

/** An image may arrive as it is, as one list, or without its channel axis when there is but one channel. */
function fitsImage(wanted: Shape, image: Shape): boolean {
  if (wanted.length === 1) return elementCount(wanted) === elementCount(image)
  return sameShape(wanted, image) || (image[0] === 1 && sameShape(wanted, image.slice(1)))
}

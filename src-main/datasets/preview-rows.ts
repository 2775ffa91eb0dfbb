import { type ColumnSpec, type DatasetInfo, rowsPerChunk } from '../../src-core/datasets/dataset-spec.ts'
import type { DatasetPreview } from '../../src-core/ipc/contract.ts'
import { type DatasetRepository, elementsOf } from '../workspace/dataset-repository.ts'

type PreviewValue = DatasetPreview['rows'][number]['values'][string]

/** The rows from `offset` on, at most `count`, as people look at them. */
export function previewRows(
  datasets: DatasetRepository,
  dataset: DatasetInfo,
  offset: number,
  count: number,
): DatasetPreview['rows'] {
  const end = Math.min(offset + count, dataset.rows)
  const rows: DatasetPreview['rows'] = []
  for (let chunk = Math.floor(offset / rowsPerChunk); chunk * rowsPerChunk < end; chunk += 1) {
    const first = chunk * rowsPerChunk
    const columns = dataset.columns.map((column) => ({
      column,
      elements: elementsOf(column.dtype, datasets.readColumnChunk(dataset.id, column.name, chunk)),
    }))
    for (let index = Math.max(offset, first); index < Math.min(end, first + rowsPerChunk); index += 1) {
      const values: Record<string, PreviewValue> = {}
      for (const { column, elements } of columns)
        values[column.name] = valueAt(column, elements, index - first)
      rows.push({ index, values })
    }
  }
  return rows
}

function valueAt(column: ColumnSpec, elements: ArrayLike<number>, row: number): PreviewValue {
  if (column.type === 'image') {
    const size = column.shape.reduce((product, length) => product * length, 1)
    return Array.from({ length: size }, (_, pixel) => elements[row * size + pixel] ?? 0)
  }
  if (column.type === 'tokens') return textAt(column, elements, row)
  const value = elements[row] ?? Number.NaN
  if (column.type === 'category') return column.categories?.[value] ?? null
  return Number.isNaN(value) ? null : shortest(value)
}

function textAt(
  { shape: [steps = 1], categories }: ColumnSpec,
  elements: ArrayLike<number>,
  row: number,
): string {
  return Array.from(
    { length: steps },
    (_, step) => categories?.[elements[row * steps + step] ?? -1] ?? '',
  ).join('')
}

/** The shortest decimal number that is this float32: 6.2 for 6.199999809265137. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits += 1) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return rounded
  }
  return value
}

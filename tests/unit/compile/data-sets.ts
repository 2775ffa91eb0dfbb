import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'

export function column(
  name: string,
  type: ColumnSpec['type'],
  details: Partial<ColumnSpec> = {},
): ColumnSpec {
  const statistics = { minimum: 0, maximum: 9, mean: 4, standardDeviation: 2, missing: 0 }
  const dtype = type === 'number' ? 'float32' : type === 'category' ? 'int32' : 'uint8'
  return { name, type, dtype, shape: [], statistics, ...details }
}

export function dataset(
  name: string,
  defaultTarget: string | null,
  columns: readonly ColumnSpec[],
): DatasetInfo {
  return {
    id: 1,
    name,
    format: 'sample',
    description: '',
    rows: 150,
    columns: [...columns],
    defaultTarget,
    bytes: 1,
    createdAt: '2026-01-01T00:00:00Z',
  }
}

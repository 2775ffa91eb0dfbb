import type { ColumnSpec } from '../../../../src-core/datasets/dataset-spec.ts'

const unknownStatistics = {
  minimum: null,
  maximum: null,
  mean: null,
  standardDeviation: null,
  missing: 0,
}

export function numberColumn(name: string): ColumnSpec {
  return { name, type: 'number', dtype: 'float32', shape: [], statistics: unknownStatistics }
}

export function categoryColumn(name: string, categories: string[]): ColumnSpec {
  return { name, type: 'category', dtype: 'int32', shape: [], categories, statistics: unknownStatistics }
}

export function imageColumn(name: string, shape: number[]): ColumnSpec {
  return { name, type: 'image', dtype: 'uint8', shape, statistics: unknownStatistics }
}

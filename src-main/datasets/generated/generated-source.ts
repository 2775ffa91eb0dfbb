import { type ColumnSpec, rowsPerChunk } from '../../../src-core/datasets/dataset-spec.ts'
import { success } from '../../../src-core/problems.ts'
import { PixelStatistics } from '../idx/pixel-statistics.ts'
import type { DatasetSource } from '../importer.ts'
import { histogramBin, histogramBins, RunningStatistics } from '../running-statistics.ts'
import type { GeneratedColumn, GeneratedTable } from './generated-table.ts'

/** A table that was made up as a source that can be stored like a file. */
export function generatedSource(
  name: string,
  description: string,
  target: string,
  table: GeneratedTable,
): DatasetSource {
  const columns = table.columns.map(describe)
  return {
    format: 'sample',
    suggestedName: name,
    description,
    columns,
    defaultTarget: target,
    read: async (take) => {
      for (let from = 0; from < table.rows; from += rowsPerChunk) {
        const to = Math.min(table.rows, from + rowsPerChunk)
        take(
          table.columns.map((column) => column.values.subarray(from * sizeOf(column), to * sizeOf(column))),
        )
      }
      return success({ rows: table.rows, columns })
    },
  }
}

/** Elements of a value. */
function sizeOf(column: GeneratedColumn): number {
  return column.type === 'image' ? column.shape.reduce((product, size) => product * size, 1) : 1
}

function describe(column: GeneratedColumn): ColumnSpec {
  const { name, type } = column
  if (type === 'image') {
    const pixels = new PixelStatistics()
    pixels.add(column.values)
    return { name, type, dtype: 'uint8', shape: [...column.shape], statistics: pixels.summary() }
  }
  const running = new RunningStatistics()
  for (const value of column.values) running.add(value)
  const summary = running.summary()
  if (type === 'category') {
    const counts = column.categories.map(() => 0)
    for (const index of column.values) counts[index] = (counts[index] ?? 0) + 1
    const statistics = { ...summary, missing: 0, counts }
    return { name, type, dtype: 'int32', shape: [], categories: [...column.categories], statistics }
  }
  const histogram = new Array<number>(histogramBins).fill(0)
  for (const value of column.values) {
    const bin = histogramBin(value, running.minimum, running.maximum)
    histogram[bin] = (histogram[bin] ?? 0) + 1
  }
  return { name, type, dtype: 'float32', shape: [], statistics: { ...summary, missing: 0, histogram } }
}

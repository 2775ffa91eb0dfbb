import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { formatCount, formatMetric, formatShape } from '../../ui/format.ts'
import { Bars } from './bars.tsx'

/** Every column with its type, range and a small picture of how its values are spread. */
export function DatasetColumns({ dataset }: { readonly dataset: DatasetInfo }) {
  const someMissing = dataset.columns.some((column) => column.statistics.missing > 0)
  return (
    <div className="dataset-columns">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
            <th scope="col">Spread</th>
            <th scope="col">Values</th>
            {someMissing && (
              <th scope="col" className="numeric-cell">
                Missing
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {dataset.columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">{column.name}</th>
              <td>{columnType(column)}</td>
              <td>
                <Spread column={column} />
              </td>
              <td className="numeric" title={columnMean(column)}>
                {columnValues(column)}
              </td>
              {someMissing && <td className="numeric-cell">{formatCount(column.statistics.missing)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function columnType(column: ColumnSpec): string {
  const hasShape = column.type === 'image' || column.type === 'tokens'
  return hasShape ? `${column.type} ${formatShape(column.shape)}` : column.type
}

function columnValues(column: ColumnSpec): string {
  if (column.categories) {
    return `${formatCount(column.categories.length)} ${column.type === 'tokens' ? 'characters' : 'classes'}`
  }
  const { minimum, maximum } = column.statistics
  if (minimum === null || maximum === null) return '–'
  return `${formatMetric(minimum)} – ${formatMetric(maximum)}`
}

function columnMean(column: ColumnSpec): string | undefined {
  const { mean } = column.statistics
  return mean === null || column.categories ? undefined : `Mean ${formatMetric(mean)}`
}

function Spread({ column }: { readonly column: ColumnSpec }) {
  const { counts, histogram } = column.statistics
  if (counts && column.categories) {
    const { categories } = column
    const isText = column.type === 'tokens'
    const name = (index: number) => {
      const category = categories[index] ?? String(index)
      return isText ? JSON.stringify(category) : category
    }
    const bars = counts.map((count, index) => ({ label: name(index), count }))
    return <Bars label={`${isText ? 'Places' : 'Rows'} per class of ${column.name}`} bars={bars} />
  }
  if (!histogram) return null
  const { minimum, maximum } = column.statistics
  const width = ((maximum ?? 0) - (minimum ?? 0)) / histogram.length
  const bars = histogram.map((count, index) => ({
    label: `from ${formatMetric((minimum ?? 0) + index * width)}`,
    count,
  }))
  return <Bars label={`Histogram of ${column.name}`} bars={bars} />
}

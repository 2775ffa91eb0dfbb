import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { mark, t } from '../../../src-core/language/t.ts'
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
            <th scope="col">{t('Column')}</th>
            <th scope="col">{t('Type')}</th>
            <th scope="col">{t('Spread')}</th>
            <th scope="col">{t('Values')}</th>
            {someMissing && (
              <th scope="col" className="numeric-cell">
                {t('Missing')}
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

const typeWords: Readonly<Record<ColumnSpec['type'], string>> = {
  number: mark('number'),
  category: mark('category'),
  image: mark('image'),
  tokens: mark('tokens'),
}

function columnType(column: ColumnSpec): string {
  const type = t(typeWords[column.type])
  const hasShape = column.type === 'image' || column.type === 'tokens'
  return hasShape ? `${type} ${formatShape(column.shape)}` : type
}

function columnValues(column: ColumnSpec): string {
  if (column.categories) {
    const count = column.categories.length
    return column.type === 'tokens'
      ? t('{{count, number}} characters', { count })
      : t('{{count, number}} classes', { count })
  }
  const { minimum, maximum } = column.statistics
  if (minimum === null || maximum === null) return '–'
  return `${formatMetric(minimum)} – ${formatMetric(maximum)}`
}

function columnMean(column: ColumnSpec): string | undefined {
  const { mean } = column.statistics
  return mean === null || column.categories ? undefined : t('Mean {{value}}', { value: formatMetric(mean) })
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
    const label = isText
      ? t('Places per class of {{column}}', { column: column.name })
      : t('Rows per class of {{column}}', { column: column.name })
    return <Bars label={label} bars={bars} />
  }
  if (!histogram) return null
  const { minimum, maximum } = column.statistics
  const width = ((maximum ?? 0) - (minimum ?? 0)) / histogram.length
  const bars = histogram.map((count, index) => ({
    label: t('from {{value}}', { value: formatMetric((minimum ?? 0) + index * width) }),
    count,
  }))
  return <Bars label={t('Histogram of {{column}}', { column: column.name })} bars={bars} />
}

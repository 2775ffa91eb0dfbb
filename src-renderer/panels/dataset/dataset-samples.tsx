import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import type { DatasetPreview } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import { call } from '../../bridge/call.ts'
import { IconButton } from '../../ui/button.tsx'
import { formatCount, formatMetric } from '../../ui/format.ts'
import { notifyProblems } from '../../ui/toast-store.ts'
import { PixelImage } from './pixel-image.tsx'

type Row = DatasetPreview['rows'][number]

/** A page of rows: pictures for image datasets, a table for the others. */
export function DatasetSamples({ dataset }: { readonly dataset: DatasetInfo }) {
  const image = dataset.columns.find((column) => column.type === 'image')
  const perPage = image ? 40 : 20
  const [offset, setOffset] = useState(0)
  const rows = usePreview(dataset.id, offset, perPage)
  const last = Math.min(offset + perPage, dataset.rows)
  return (
    <div className="dataset-samples">
      <div className="dataset-samples__bar">
        <span className="numeric">
          {t('Rows {{first}}–{{last}} of {{rows}}', {
            first: formatCount(offset + 1),
            last: formatCount(last),
            rows: formatCount(dataset.rows),
          })}
        </span>
        <IconButton
          label={t('Earlier rows')}
          icon={ChevronLeft}
          size="small"
          disabled={offset === 0}
          onClick={() => setOffset(Math.max(0, offset - perPage))}
        />
        <IconButton
          label={t('Later rows')}
          icon={ChevronRight}
          size="small"
          disabled={last >= dataset.rows}
          onClick={() => setOffset(offset + perPage)}
        />
      </div>
      {image ? (
        <ImageGrid rows={rows} image={image} dataset={dataset} />
      ) : (
        <RowTable rows={rows} dataset={dataset} />
      )}
    </div>
  )
}

function ImageGrid(props: {
  readonly rows: readonly Row[]
  readonly image: ColumnSpec
  readonly dataset: DatasetInfo
}) {
  const { rows, image, dataset } = props
  const label = dataset.columns.find((column) => column.type === 'category')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and arrow keys scroll what has the focus.
    <ul className="image-grid" aria-label={t('Samples')} tabIndex={0}>
      {rows.map((row) => {
        const pixels = row.values[image.name]
        const number = row.index + 1
        const caption = label ? String(row.values[label.name] ?? '?') : formatCount(number)
        return (
          <li key={row.index}>
            <figure>
              {Array.isArray(pixels) && (
                <PixelImage
                  pixels={pixels}
                  shape={image.shape}
                  label={t('Row {{row}}: {{caption}}', { row: number, caption })}
                />
              )}
              <figcaption>{caption}</figcaption>
            </figure>
          </li>
        )
      })}
    </ul>
  )
}

function RowTable({ rows, dataset }: { readonly rows: readonly Row[]; readonly dataset: DatasetInfo }) {
  return (
    <div className="row-table">
      <table>
        <thead>
          <tr>
            <th scope="col" className="numeric-cell">
              {t('Row')}
            </th>
            {dataset.columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                className={column.type === 'number' ? 'numeric-cell' : undefined}
              >
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.index}>
              <th scope="row" className="numeric-cell">
                {row.index + 1}
              </th>
              {dataset.columns.map((column) => (
                <td key={column.name} className={cellClass(column)}>
                  {column.type === 'tokens'
                    ? textCell(row.values[column.name])
                    : cellText(row.values[column.name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function cellClass({ type }: ColumnSpec): string | undefined {
  if (type === 'tokens') return 'text-cell'
  return type === 'number' ? 'numeric-cell' : undefined
}

/** A window of a text on one line: where a line of it ends, a sign says so. */
function textCell(value: Row['values'][string] | undefined): string {
  return typeof value === 'string' ? value.replaceAll('\n', '↵') : t('missing')
}

function cellText(value: Row['values'][string] | undefined): string {
  if (typeof value === 'number') return formatMetric(value)
  return typeof value === 'string' ? value : t('missing')
}

function usePreview(datasetId: number, offset: number, count: number): readonly Row[] {
  const [rows, setRows] = useState<readonly Row[]>([])
  useEffect(() => {
    let current = true
    void call('datasets.preview', { datasetId, offset, count }).then((answer) => {
      if (!current) return
      if (answer.ok) setRows(answer.value.rows)
      else notifyProblems(answer.problems)
    })
    return () => {
      current = false
    }
  }, [datasetId, offset, count])
  return rows
}

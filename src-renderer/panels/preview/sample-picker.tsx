import { ChevronLeft, ChevronRight, Shuffle } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { t } from '../../../src-core/language/t.ts'
import { call } from '../../bridge/call.ts'
import { usePreview } from '../../state/preview-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { formatCount, formatMetric } from '../../ui/format.ts'
import { NumberInput } from '../../ui/number-input.tsx'
import { SelectField } from '../../ui/select.tsx'
import { notify, notifyProblems } from '../../ui/toast-store.ts'

// A list of choices has no empty value, and no class has a name with a zero byte.
const anyClass = '\u0000'

/** More classes than this are no longer looked through in a list. */
const mostClasses = 200

/** Chooses the row that is sent through the drawing. */
export function SamplePicker({ dataset }: { readonly dataset: DatasetInfo }) {
  const row = usePreview((state) => state.row)
  const category = usePreview((state) => state.category)
  const choose = usePreview((state) => state.choose)
  const classes = classColumn(dataset)
  const target = useTarget(dataset, row)
  const go = (from: number, direction: 'forwards' | 'backwards', wanted = category) =>
    void goTo(dataset, classes, wanted, from, direction)
  const chooseClass = (value: string) => {
    const wanted = value === anyClass ? null : value
    choose({ category: wanted })
    if (wanted !== null) go(row, 'forwards', wanted)
  }
  return (
    <>
      <div className="preview-row">
        <span className="preview-row__label">{t('Row')}</span>
        <NumberInput
          name={t('Row')}
          value={row + 1}
          min={1}
          max={dataset.rows}
          integer
          invalid={row >= dataset.rows}
          onChange={(value) => {
            if (Number.isInteger(value) && value >= 1 && value <= dataset.rows) choose({ row: value - 1 })
          }}
        />
        <IconButton
          label={t('Previous sample')}
          icon={ChevronLeft}
          size="small"
          onClick={() => go(row - 1, 'backwards')}
        />
        <IconButton
          label={t('Next sample')}
          icon={ChevronRight}
          size="small"
          onClick={() => go(row + 1, 'forwards')}
        />
        <IconButton
          label={t('Random sample')}
          icon={Shuffle}
          size="small"
          onClick={() => go(Math.floor(Math.random() * dataset.rows), 'forwards')}
        />
      </div>
      <p className="preview-panel__caption">
        {t('of {{rows}} of “{{dataset}}”', { rows: formatCount(dataset.rows), dataset: dataset.name })}
        {target !== undefined && ` · ${target}`}
      </p>
      {classes && (
        <SelectField
          label={t('Class')}
          description={t('Previous, next and random go to rows of this class.')}
          value={category ?? anyClass}
          options={[
            { value: anyClass, label: t('Any') },
            ...(classes.categories ?? []).map((name) => ({ value: name, label: name })),
          ]}
          onChange={chooseClass}
        />
      )}
    </>
  )
}

/** The column whose classes rows are told apart by. */
function classColumn({ columns, defaultTarget }: DatasetInfo): ColumnSpec | undefined {
  const usable = columns.filter(({ type, categories }) => {
    return type === 'category' && (categories?.length ?? 0) <= mostClasses
  })
  return usable.find(({ name }) => name === defaultTarget) ?? usable[0]
}

async function goTo(
  { id, rows }: DatasetInfo,
  column: ColumnSpec | undefined,
  category: string | null,
  from: number,
  direction: 'forwards' | 'backwards',
): Promise<void> {
  const { choose } = usePreview.getState()
  const start = ((from % rows) + rows) % rows
  if (!column || category === null) return choose({ row: start })
  const search = { datasetId: id, column: column.name, category, from: start, direction }
  const found = await call('previews.findRow', search)
  if (!found.ok) return notifyProblems(found.problems)
  if (found.value) return choose({ row: found.value.row })
  notify({ tone: 'warning', title: t('No row of the class “{{category}}”', { category }) })
}

/** What the row's target says. */
function useTarget(dataset: DatasetInfo, row: number): string | undefined {
  const [text, setText] = useState<string>()
  const { id, rows, defaultTarget } = dataset
  useEffect(() => {
    if (defaultTarget === null || row >= rows) return setText(undefined)
    let current = true
    void call('datasets.preview', { datasetId: id, offset: row, count: 1 }).then((answer) => {
      if (!current || !answer.ok) return
      const value = answer.value.rows[0]?.values[defaultTarget]
      setText(targetText(defaultTarget, value))
    })
    return () => {
      current = false
    }
  }, [id, rows, defaultTarget, row])
  return text
}

function targetText(name: string, value: unknown): string | undefined {
  if (typeof value === 'number') return t('{{label}}: {{value}}', { label: name, value: formatMetric(value) })
  if (value === null) return t('{{label}}: {{value}}', { label: name, value: t('missing') })
  if (typeof value !== 'string' || value.length > 40) return undefined
  return t('{{label}}: {{value}}', { label: name, value })
}

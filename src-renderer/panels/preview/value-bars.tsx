import { t } from '../../../src-core/language/t.ts'
import { formatMetric } from '../../ui/format.ts'

interface ValueBarsProps {
  readonly values: readonly (number | null)[]
  /** Of the values, where they are classes. */
  readonly names: readonly string[] | undefined
  readonly label: string
}

/** So many values get a line of their own, with its number. */
const mostLines = 16
const [width, height] = [280, 72]

/** Every value of a short list: lines with names and numbers, or upright bars where there are more. */
export function ValueBars({ values, names, label }: ValueBarsProps) {
  const most = Math.max(...values.map((value) => Math.abs(value ?? 0)), Number.MIN_VALUE)
  if (values.length > mostLines) return <UprightBars values={values} label={label} />
  const hasNegative = values.some((value) => (value ?? 0) < 0)
  const named = values.map((value, index) => ({ value, name: names?.[index] ?? String(index) }))
  return (
    <ul className="value-bars" aria-label={label}>
      {named.map(({ value, name }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
        <li key={index}>
          <span className="value-bars__name truncate">{name}</span>
          <svg
            className="value-bars__bar"
            viewBox={hasNegative ? '-50 0 100 10' : '0 0 100 10'}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <Bar value={value} scale={(hasNegative ? 50 : 100) / most} />
          </svg>
          <span className="value-bars__value numeric">
            {value === null ? t('none') : formatMetric(value)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Bar({ value, scale }: { readonly value: number | null; readonly scale: number }) {
  const length = (value ?? 0) * scale
  return <rect x={Math.min(0, length)} y={1} width={Math.abs(length)} height={8} />
}

function UprightBars({ values, label }: Pick<ValueBarsProps, 'values' | 'label'>) {
  const numbers = values.map((value) => value ?? 0)
  const highest = Math.max(0, ...numbers)
  const lowest = Math.min(0, ...numbers)
  const range = highest - lowest || 1
  const step = width / values.length
  const y = (value: number) => ((highest - value) / range) * height
  return (
    <figure className="preview-figure">
      <svg className="preview-bars" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {numbers.map((value, index) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
            key={index}
            x={index * step}
            y={Math.min(y(value), y(0))}
            width={Math.max(0.5, step - 1)}
            height={Math.abs(y(value) - y(0))}
          >
            <title>{t('{{label}}: {{value}}', { label: index, value: formatMetric(value) })}</title>
          </rect>
        ))}
      </svg>
      <figcaption className="preview-axis numeric">
        <span>0</span>
        <span>
          {t('{{lowest}} to {{highest}}', { lowest: formatMetric(lowest), highest: formatMetric(highest) })}
        </span>
        <span>{values.length - 1}</span>
      </figcaption>
    </figure>
  )
}

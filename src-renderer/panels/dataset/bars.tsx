import { t } from '../../../src-core/language/t.ts'
import { formatCount } from '../../ui/format.ts'
import { listed } from '../../ui/listed.ts'

interface BarsProps {
  readonly label: string
  readonly bars: readonly { readonly label: string; readonly count: number }[]
}

const width = 96
const height = 20
/** More bars than this would be thinner than a pixel and a half. */
const mostBars = 80

/** A tiny bar chart of counts; each bar tells its label and count when hovered. */
export function Bars({ label, bars }: BarsProps) {
  const shown = bars.slice(0, mostBars)
  const highest = Math.max(1, ...shown.map((bar) => bar.count))
  const step = width / Math.max(1, shown.length)
  return (
    <svg className="bars" width={width} height={height} role="img" aria-label={describe(label, bars)}>
      {shown.map((bar, index) => {
        const size = (bar.count / highest) * (height - 1)
        return (
          // Bars are a fixed sequence; two may have the same label.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
          <rect key={index} x={index * step} y={height - size} width={Math.max(1, step - 1)} height={size}>
            <title>{t('{{label}}: {{value}}', { label: bar.label, value: formatCount(bar.count) })}</title>
          </rect>
        )
      })}
    </svg>
  )
}

function describe(label: string, bars: BarsProps['bars']): string {
  const parts = bars.slice(0, 12).map((bar) => `${bar.label} ${formatCount(bar.count)}`)
  const rest = bars.length - parts.length
  return rest > 0
    ? t('{{label}}: {{values}} and {{rest}} more', { label, values: listed(parts), rest })
    : t('{{label}}: {{value}}', { label, value: listed(parts) })
}

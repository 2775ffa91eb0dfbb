import { t } from '../../../src-core/language/t.ts'
import type { LayerView } from '../../../src-core/preview/layer-view.ts'
import { formatCount, formatMetric } from '../../ui/format.ts'

const [width, height] = [280, 64]

/** How a layer's values are distributed between the smallest and the largest. */
export function Histogram({ view: { histogram, statistics } }: { readonly view: LayerView }) {
  const { minimum, maximum } = statistics
  const highest = Math.max(1, ...histogram)
  const step = width / histogram.length
  const edge = (index: number) => formatMetric(minimum + ((maximum - minimum) * index) / histogram.length)
  return (
    <figure className="preview-figure">
      <svg
        className="preview-bars"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t('Values from {{minimum}} to {{maximum}}, at most {{highest}} in a bin', {
          minimum: formatMetric(minimum),
          maximum: formatMetric(maximum),
          highest: formatCount(highest),
        })}
      >
        {histogram.map((count, index) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
            key={index}
            x={index * step}
            y={height - (count / highest) * (height - 1)}
            width={step - 1}
            height={(count / highest) * (height - 1)}
          >
            <title>
              {t('{{from}} to {{to}}: {{count, number}} values', {
                from: edge(index),
                to: edge(index + 1),
                count,
              })}
            </title>
          </rect>
        ))}
      </svg>
      <figcaption className="preview-axis numeric">
        <span>{formatMetric(minimum)}</span>
        <span>{t('value')}</span>
        <span>{formatMetric(maximum)}</span>
      </figcaption>
    </figure>
  )
}

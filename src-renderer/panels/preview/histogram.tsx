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
        aria-label={`Values from ${formatMetric(minimum)} to ${formatMetric(maximum)}, at most ${formatCount(highest)} in a bin`}
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
            <title>{`${edge(index)} to ${edge(index + 1)}: ${formatCount(count)} values`}</title>
          </rect>
        ))}
      </svg>
      <figcaption className="preview-axis numeric">
        <span>{formatMetric(minimum)}</span>
        <span>value</span>
        <span>{formatMetric(maximum)}</span>
      </figcaption>
    </figure>
  )
}

import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import { t } from '../../../src-core/language/t.ts'
import type { LayerView } from '../../../src-core/preview/layer-view.ts'
import { findDataset, useDatasets } from '../../state/dataset-store.ts'
import type { ShownPreview } from '../../state/preview-store.ts'
import { useProject } from '../../state/project-store.ts'
import { formatCount, formatMetric, formatPercent, formatShape } from '../../ui/format.ts'
import { Facts, Section } from '../../ui/panel.tsx'
import { classNamesOf } from './class-names-of.ts'
import { Histogram } from './histogram.tsx'
import { PlanesView } from './planes-view.tsx'
import { ValueBars } from './value-bars.tsx'

interface ShownValueProps {
  readonly plan: ModelPlan
  readonly shown: ShownPreview
  readonly busy: boolean
}

/** A layer's value for one sample: as a picture or bars, with its distribution and numbers. */
export function ShownValue({ plan, shown, busy }: ShownValueProps) {
  const { views, layerId, row, isDrawn } = shown
  const document = useProject((state) => state.document)
  const dataset = findDataset(
    useDatasets((state) => state.datasets),
    document?.dataset?.name,
  )
  const layer = plan.layers.find(({ id }) => id === layerId)
  const [first] = views
  if (!first || !layer) return null
  const names = document ? classNamesOf(document, plan, dataset, layerId) : undefined
  const title = isDrawn
    ? t('{{count, number}} draws, as in training', { count: views.length })
    : t('Row {{row}}, as in prediction', { row: row + 1 })
  return (
    <div aria-busy={busy}>
      <Section title={title}>
        <div className={views.length > 1 ? 'preview-draws' : undefined}>
          {views.map((view, index) => (
            // Draws are a fixed sequence, and two may be alike.
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
            <Look key={index} view={view} name={nameOf(layer.name, index, isDrawn)} names={names} />
          ))}
        </div>
        <Scale view={first} />
      </Section>
      <Section title={isDrawn ? t('Distribution of draw 1') : t('Distribution')}>
        <Histogram view={first} />
        <Facts facts={factsOf(first)} />
      </Section>
      <Section>
        <Largest view={first} names={names} />
      </Section>
    </div>
  )
}

function nameOf(layer: string, index: number, isDrawn: boolean): string {
  return isDrawn ? t('{{layer}}, draw {{number}}', { layer, number: index + 1 }) : layer
}

interface LookProps {
  readonly view: LayerView
  readonly name: string
  readonly names: readonly string[] | undefined
}

function Look({ view, name, names }: LookProps) {
  if (view.planes) return <PlanesView planes={view.planes} mask={view.mask} name={name} />
  if (view.values) {
    return <ValueBars values={view.values} names={names} label={t('Values of {{name}}', { name })} />
  }
  return (
    <p className="preview-panel__caption">
      {t('{{count, number}} values: see below.', { count: elements(view) })}
    </p>
  )
}

function elements({ shape }: LayerView): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** What the darkest and the brightest colour stand for, and how much of the value is to be seen. */
function Scale({ view: { planes, mask } }: { readonly view: LayerView }) {
  if (!planes) return null
  const { kind, count, total, minimum, maximum, slice } = planes
  const parts = [
    ...(kind === 'featureMaps' ? [channels(count, total)] : []),
    ...(kind === 'heatMap' ? [t('rows down, columns across')] : []),
    ...(slice ? [t('slice {{number}} of {{of}}', slice)] : []),
    ...(mask ? [t('{{counting}} of {{steps}} steps count, the faint ones are padding', stepsOf(mask))] : []),
  ]
  return (
    <div className="preview-scale">
      <span className="numeric">{formatMetric(minimum)}</span>
      <span
        className={kind === 'picture' ? 'preview-scale__bar preview-scale__bar--grey' : 'preview-scale__bar'}
        aria-hidden
      />
      <span className="numeric">{formatMetric(maximum)}</span>
      {parts.length > 0 && <p className="preview-scale__text">{parts.join(' · ')}</p>}
    </div>
  )
}

function channels(shown: number, count: number): string {
  return shown < count
    ? t('first {{shown}} of {{all}} channels', { shown, all: formatCount(count) })
    : t('{{count, number}} channels', { count })
}

function stepsOf({ counting, steps }: NonNullable<LayerView['mask']>) {
  return { counting, steps }
}

function factsOf({ shape, statistics, mask }: LayerView) {
  const { mean, standardDeviation, zeros, notFinite } = statistics
  return [
    { name: t('Shape'), value: formatShape(shape) },
    { name: t('Mean'), value: formatMetric(mean) },
    { name: t('Deviation'), value: formatMetric(standardDeviation) },
    { name: t('Zeros'), value: formatPercent(zeros) },
    ...(notFinite > 0 ? [{ name: t('Not a number, or infinite'), value: formatCount(notFinite) }] : []),
    ...(mask ? [{ name: t('Steps that count'), value: t('{{counting}} of {{steps}}', stepsOf(mask)) }] : []),
  ]
}

function Largest({ view, names }: Pick<LookProps, 'view' | 'names'>) {
  const text = (place: readonly number[]) =>
    names && place.length === 1 ? (names[place[0] ?? 0] ?? '') : `[${place.join(', ')}]`
  return (
    <details>
      <summary className="more__summary">{t('Largest values')}</summary>
      <ol className="preview-largest">
        {view.largest.map(({ place, value }) => (
          <li key={place.join()}>
            <span className="truncate">{text(place)}</span>
            <span className="numeric">{formatMetric(value)}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}

import { Database, MousePointerClick, TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'
import { isRandomInTraining } from '../../../src-core/preview/preview-step.ts'
import { useCompile } from '../../state/compile-store.ts'
import { findDataset, useDatasets } from '../../state/dataset-store.ts'
import { isDrawn } from '../../state/preview-feed.ts'
import { usePreview } from '../../state/preview-store.ts'
import { useProject } from '../../state/project-store.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { NoisePicker } from './noise-picker.tsx'
import './preview-panel.css'
import { SamplePicker } from './sample-picker.tsx'
import { ShownValue } from './shown-value.tsx'
import { WeightPicker } from './weight-picker.tsx'

/** What a sample of the data becomes at the selected layer. */
export function PreviewPanel() {
  const plan = useCompile((state) => state.plan)
  const bound = useProject((state) => state.document?.dataset?.name)
  const datasets = useDatasets((state) => state.datasets)
  const openDock = useUi((state) => state.openDock)
  const selected = useProject((state) => state.selectedLayers)
  const dataset = findDataset(datasets, bound)
  const [layerId] = selected
  if (bound === undefined) {
    return (
      <EmptyState
        icon={Database}
        title={t('No data to look at')}
        actions={<Button onClick={() => openDock('data')}>{t('Choose data')}</Button>}
      >
        {t('Choose a dataset, and see here what each layer makes of its samples.')}
      </EmptyState>
    )
  }
  if (!plan) {
    return (
      <EmptyState
        icon={TriangleAlert}
        title={t('The drawing is not finished')}
        actions={<Button onClick={() => openDock('problems')}>{t('Show the problems')}</Button>}
      >
        {t('Samples flow through a drawing without mistakes: mend those that the list of problems names.')}
      </EmptyState>
    )
  }
  if (layerId === undefined || selected.size !== 1) {
    return (
      <EmptyState icon={MousePointerClick} title={t('No layer selected')}>
        {t('Select one layer on the canvas to see what it makes of a sample.')}
      </EmptyState>
    )
  }
  return (
    <div className="preview-panel">
      <div className="section">
        {dataset && <SamplePicker dataset={dataset} />}
        <WeightPicker />
        <Noise plan={plan} layerId={layerId} />
      </div>
      <Value plan={plan} layerId={layerId} />
    </div>
  )
}

interface LayerProps {
  readonly plan: ModelPlan
  readonly layerId: string
}

/** Only where chance has a hand in what the layer gives. */
function Noise({ plan, layerId }: LayerProps) {
  const noise = usePreview((state) => state.noise)
  const isRandom = useMemo(() => isRandomInTraining(plan, layerId), [plan, layerId])
  return isRandom ? <NoisePicker drawn={isDrawn(plan, layerId, noise)} /> : null
}

function Value({ plan, layerId }: LayerProps) {
  const shown = usePreview((state) => state.shown)
  const problems = usePreview((state) => state.problems)
  const busy = usePreview((state) => state.busy)
  const [problem] = problems
  if (problem) {
    return (
      <EmptyState icon={TriangleAlert} title={sentence(problem.message)}>
        {problem.hint && sentence(problem.hint)}
      </EmptyState>
    )
  }
  if (shown?.layerId !== layerId) {
    return (
      <p className="preview-panel__wait" role="status">
        {busy ? t('Sending the sample through…') : ''}
      </p>
    )
  }
  return <ShownValue plan={plan} shown={shown} busy={busy} />
}

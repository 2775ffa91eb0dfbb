import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import { t } from '../../../src-core/language/t.ts'
import { bytesText, type MemoryReport } from '../../../src-core/training/memory/memory-report.ts'
import { useCompile } from '../../state/compile-store.ts'
import { findDataset, useDatasets } from '../../state/dataset-store.ts'
import { useMemory } from '../../state/memory-store.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { formatCount, formatShort } from '../../ui/format.ts'
import { Facts, Section } from '../../ui/panel.tsx'
import { TextField } from '../../ui/text-field.tsx'

/** The model as a whole: what it is for, how large it is, what it learns from. */
export function ModelInspector() {
  return (
    <>
      <Description />
      <Totals />
      <Dataset />
    </>
  )
}

function Description() {
  const description = useProject((state) => state.document?.description ?? '')
  return (
    <Section>
      <TextField
        layout="column"
        label={t('Description')}
        multiline
        value={description}
        placeholder={t('What this model is for')}
        onChange={(next) =>
          dispatch({ type: 'setDescription', description: next }, { coalesceKey: 'description' })
        }
      />
    </Section>
  )
}

function Totals() {
  const plan = useCompile((state) => state.plan)
  const layerCount = useProject((state) => state.document?.layers.length ?? 0)
  const memory = useMemory((state) => state.report)
  if (!plan) {
    return (
      <Section title={t('Size')}>
        <Facts facts={[{ name: t('Layers'), value: formatCount(layerCount) }]} />
        <p className="inspector__text">
          {t('The rest is known once every layer is wired and fits; see the Problems panel.')}
        </p>
      </Section>
    )
  }
  return (
    <Section title={t('Size')}>
      <Facts facts={[{ name: t('Layers'), value: formatCount(layerCount) }, ...sizes(plan, memory)]} />
    </Section>
  )
}

function sizes(plan: ModelPlan, memory: MemoryReport | null) {
  return [
    { name: t('Parameters'), value: formatCount(plan.parameterCount) },
    ...(plan.trainableCount === plan.parameterCount
      ? []
      : [{ name: t('of them trained'), value: formatCount(plan.trainableCount) }]),
    { name: t('Operations per sample'), value: `${formatShort(plan.flops)} FLOP` },
    ...memoryFacts(memory),
  ]
}

function memoryFacts(memory: MemoryReport | null) {
  if (!memory) return []
  const { needed, available, batchSize } = memory
  return [
    {
      name: t('Memory, batch of {{size}}', { size: formatCount(batchSize) }),
      value: t('about {{size}}', { size: bytesText(needed) }),
    },
    { name: t('Memory free'), value: bytesText(available) },
  ]
}

function Dataset() {
  const binding = useProject((state) => state.document?.dataset)
  const dataset = useDatasets((state) => findDataset(state.datasets, binding?.name))
  const openDock = useUi((state) => state.openDock)
  return (
    <Section title={t('Data')}>
      {binding ? (
        <Facts
          facts={[
            { name: t('Dataset'), value: binding.name },
            ...(dataset
              ? [
                  { name: t('Rows'), value: formatCount(dataset.rows) },
                  { name: t('Columns'), value: formatCount(dataset.columns.length) },
                ]
              : []),
          ]}
        />
      ) : (
        <p className="inspector__text">{t('No dataset yet. The model learns from the one you choose.')}</p>
      )}
      {binding && !dataset && <p className="is-warning">{t('This dataset is not in the workspace.')}</p>}
      <div className="inspector__buttons">
        <Button size="small" onClick={() => openDock('data')}>
          {binding ? t('Look at the data') : t('Choose data')}
        </Button>
      </div>
    </Section>
  )
}

import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
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
        label="Description"
        multiline
        value={description}
        placeholder="What this model is for"
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
      <Section title="Size">
        <Facts facts={[{ name: 'Layers', value: formatCount(layerCount) }]} />
        <p className="inspector__text">
          The rest is known once every layer is wired and fits; see the Problems panel.
        </p>
      </Section>
    )
  }
  return (
    <Section title="Size">
      <Facts facts={[{ name: 'Layers', value: formatCount(layerCount) }, ...sizes(plan, memory)]} />
    </Section>
  )
}

function sizes(plan: ModelPlan, memory: MemoryReport | null) {
  return [
    { name: 'Parameters', value: formatCount(plan.parameterCount) },
    ...(plan.trainableCount === plan.parameterCount
      ? []
      : [{ name: 'of them trained', value: formatCount(plan.trainableCount) }]),
    { name: 'Operations per sample', value: `${formatShort(plan.flops)} FLOP` },
    ...memoryFacts(memory),
  ]
}

function memoryFacts(memory: MemoryReport | null) {
  if (!memory) return []
  const { needed, available, batchSize } = memory
  return [
    { name: `Memory, batch of ${formatCount(batchSize)}`, value: `about ${bytesText(needed)}` },
    { name: 'Memory free', value: bytesText(available) },
  ]
}

function Dataset() {
  const binding = useProject((state) => state.document?.dataset)
  const dataset = useDatasets((state) => findDataset(state.datasets, binding?.name))
  const openDock = useUi((state) => state.openDock)
  return (
    <Section title="Data">
      {binding ? (
        <Facts
          facts={[
            { name: 'Dataset', value: binding.name },
            ...(dataset
              ? [
                  { name: 'Rows', value: formatCount(dataset.rows) },
                  { name: 'Columns', value: formatCount(dataset.columns.length) },
                ]
              : []),
          ]}
        />
      ) : (
        <p className="inspector__text">No dataset yet. The model learns from the one you choose.</p>
      )}
      {binding && !dataset && <p className="is-warning">This dataset is not in the workspace.</p>}
      <div className="inspector__buttons">
        <Button size="small" onClick={() => openDock('data')}>
          {binding ? 'Look at the data' : 'Choose data'}
        </Button>
      </div>
    </Section>
  )
}

import type { DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { SelectField } from '../../ui/select.tsx'

/** Which column the model learns to predict; shown where the model has one output, and a recipe that predicts. */
export function TargetSelect({ dataset }: { readonly dataset: DatasetInfo }) {
  const document = useProject((state) => state.document)
  const outputs = document?.layers.filter((layer) => layer.kind === 'output') ?? []
  const [output] = outputs
  if (!document?.dataset || !output || outputs.length !== 1 || document.training.recipe) return null
  const binding = document.dataset
  const targets = dataset.columns.filter((column) => column.type !== 'image')
  const value = binding.targets[output.id]?.[0] ?? dataset.defaultTarget ?? undefined
  const choose = (column: string) =>
    dispatch(
      { type: 'setDataset', dataset: { ...binding, targets: { ...binding.targets, [output.id]: [column] } } },
      { label: `Predict ${column}` },
    )
  return (
    <SelectField
      label="Predict"
      description="The column the model learns to predict. All other columns are its input."
      value={value}
      options={targets.map((column) => ({ value: column.name, label: column.name }))}
      placeholder="Choose a column…"
      onChange={choose}
    />
  )
}

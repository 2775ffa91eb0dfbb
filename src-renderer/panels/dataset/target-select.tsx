import { automaticTarget, possibleTargets } from '../../../src-core/compile/reconstruction.ts'
import type { DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { t } from '../../../src-core/language/t.ts'
import { elementCount } from '../../../src-core/tensor-graph/types.ts'
import { useCompile } from '../../state/compile-store.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { SelectField } from '../../ui/select.tsx'

/** Which column the model learns to predict; shown where the model has one output, and a recipe that predicts. */
export function TargetSelect({ dataset }: { readonly dataset: DatasetInfo }) {
  const document = useProject((state) => state.document)
  const shapes = useCompile((state) => state.layers)
  const outputs = document?.layers.filter((layer) => layer.kind === 'output') ?? []
  const [output] = outputs
  if (!document?.dataset || !output || outputs.length !== 1 || document.training.recipe) return null
  const binding = document.dataset
  const shape = shapes.get(output.id)?.outputShape
  const targets = possibleTargets(shape && elementCount(shape), dataset)
  const value = binding.targets[output.id]?.[0] ?? automaticTarget(shape ?? [], dataset)?.name
  const choose = (column: string) =>
    dispatch(
      { type: 'setDataset', dataset: { ...binding, targets: { ...binding.targets, [output.id]: [column] } } },
      { label: t('Predict {{column}}', { column }) },
    )
  return (
    <SelectField
      label={t('Predict')}
      description={t(
        'The column the model learns to predict. All other columns are its input; an image can be both, to be reconstructed.',
      )}
      value={value}
      options={targets.map(({ name, type }) => ({
        value: name,
        label: type === 'image' ? t('{{name}} (reconstruct it)', { name }) : name,
      }))}
      placeholder={t('Choose a column…')}
      onChange={choose}
    />
  )
}

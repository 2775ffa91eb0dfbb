import type { ColumnSpec } from '../../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { mark, t } from '../../../src-core/language/t.ts'
import { type ClassWeights, classWeightsSchema } from '../../../src-core/training/run-config.ts'
import { findDataset, useDatasets } from '../../state/dataset-store.ts'
import { SelectField } from '../../ui/select.tsx'
import { SettingNumber } from './setting-number.tsx'

interface ClassWeightsFieldProps {
  readonly document: ModelDocument
  /** Undefined stands for none. */
  readonly onChange: (weights: ClassWeights | undefined) => void
}

type Mode = 'none' | 'balanced' | 'byClass'

const labels: Readonly<Record<Mode, string>> = {
  none: mark('None'),
  balanced: mark('Balanced'),
  byClass: mark('By class'),
}

/** How much the rows of each class count in training: all the same, each class the same, or a number per class. */
export function ClassWeightsField({ document, onChange }: ClassWeightsFieldProps) {
  const weights = document.training.classWeights ?? 'none'
  const dataset = useDatasets((state) => findDataset(state.datasets, document.dataset?.name))
  const classes = predictedClasses(document, dataset?.columns ?? [], dataset?.defaultTarget ?? null)
  const mode: Mode = typeof weights === 'string' ? weights : 'byClass'
  const modes: readonly Mode[] = classes.length > 0 || mode === 'byClass' ? byClassToo : automatic
  const choose = (next: Mode) => {
    if (next === 'byClass') onChange(Object.fromEntries(classes.map((name) => [name, 1])))
    else onChange(next === 'none' ? undefined : next)
  }
  return (
    <>
      <SelectField
        layout="column"
        label={t('Class weights')}
        description={t(
          'How much rows of each class count in training. Balanced: rare classes count more, so that every class has the same say. Validation and test count every row the same.',
        )}
        value={mode}
        options={modes.map((value) => ({ value, label: t(labels[value]) }))}
        onChange={choose}
      />
      {typeof weights === 'object' &&
        [...new Set([...classes, ...Object.keys(weights)])].map((name) => (
          <SettingNumber
            key={name}
            label={t('Weight of {{name}}', { name })}
            description={t('How much a row of this class counts; 1 is once.')}
            value={weights[name] ?? 1}
            step={0.1}
            schema={classWeightsSchema.options[1].valueType}
            onChange={(weight) => onChange({ ...weights, [name]: weight })}
          />
        ))}
    </>
  )
}

const automatic: readonly Mode[] = ['none', 'balanced']
const byClassToo: readonly Mode[] = [...automatic, 'byClass']

/** More classes than these are not weighed one by one in a form. */
const mostClasses = 30

/** The classes of the category that the model's only output predicts. */
function predictedClasses(
  { layers, dataset }: ModelDocument,
  columns: readonly ColumnSpec[],
  defaultTarget: string | null,
): readonly string[] {
  const [output, ...others] = layers.filter((layer) => layer.kind === 'output')
  if (!output || others.length > 0) return []
  const target = dataset?.targets[output.id]?.[0] ?? defaultTarget
  const classes = columns.find((column) => column.name === target)?.categories ?? []
  return classes.length <= mostClasses ? classes : []
}

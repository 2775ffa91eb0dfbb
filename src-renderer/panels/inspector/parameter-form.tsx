import type { LayerFace } from '../../../src-core/document/blocks/layer-face.ts'
import type { LayerNode } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import type { ParameterField } from '../../../src-core/layers/parameter-fields.ts'
import { shownParameters } from '../../../src-core/layers/shown-parameters.ts'
import { useCompile } from '../../state/compile-store.ts'
import { dispatch } from '../../state/project-store.ts'
import { Section } from '../../ui/panel.tsx'
import { fieldLabel } from './face-words.ts'
import { ParameterControl, type ParameterValue } from './parameter-control.tsx'

interface ParameterFormProps {
  readonly layer: LayerNode
  readonly definition: LayerFace
}

/** A control for each parameter of the kind that means something beside the others; what is rarely changed waits under "More". */
export function ParameterForm({ layer, definition }: ParameterFormProps) {
  const fields = shownParameters(definition.parameters, layer.parameters)
  const everyday = fields.filter(([, field]) => !field.advanced)
  const advanced = fields.filter(([, field]) => field.advanced)
  const changed = advanced.some(([name]) => layer.parameters[name] !== undefined)
  if (fields.length === 0) return null
  return (
    <Section title={t('Parameters')}>
      {everyday.map(([name, field]) => (
        <Parameter key={name} layer={layer} name={name} field={field} />
      ))}
      {advanced.length > 0 && (
        <details className="more" open={changed}>
          <summary className="more__summary">{t('More')}</summary>
          <div className="more__fields">
            {advanced.map(([name, field]) => (
              <Parameter key={name} layer={layer} name={name} field={field} />
            ))}
          </div>
        </details>
      )}
    </Section>
  )
}

interface ParameterProps {
  readonly layer: LayerNode
  readonly name: string
  readonly field: ParameterField
}

function Parameter({ layer, name, field }: ParameterProps) {
  const problems = useCompile((state) => state.layers.get(layer.id)?.problems)
  const problem = problems?.find((candidate) => candidate.parameter === name)
  const set = (value: ParameterValue | undefined) =>
    dispatch(
      { type: 'setParameters', layerId: layer.id, parameters: { [name]: value } },
      { coalesceKey: `${layer.id}.${name}` },
    )
  return (
    <ParameterControl
      field={field}
      label={fieldLabel(layer.kind, field)}
      value={layer.parameters[name]}
      problem={problem}
      onChange={set}
    />
  )
}

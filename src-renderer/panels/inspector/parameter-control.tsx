import { assertNever } from '../../../src-core/assert-never.ts'
import type { LayerNode } from '../../../src-core/document/model-document.ts'
import { sentence } from '../../../src-core/language/sentence.ts'
import { t } from '../../../src-core/language/t.ts'
import type { ParameterField } from '../../../src-core/layers/parameter-fields.ts'
import type { Problem } from '../../../src-core/problems.ts'
import { Field, type FieldTexts } from '../../ui/field.tsx'
import { NumberInput } from '../../ui/number-input.tsx'
import { Select } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ChoicesControl } from './choices-control.tsx'
import { ListInput } from './list-input.tsx'
import { parseNumbers, showNumbers } from './parse-numbers.ts'
import { parseShape, showShape } from './parse-shape.ts'

export type ParameterValue = LayerNode['parameters'][string]

interface ParameterControlProps {
  readonly field: ParameterField
  /** In place of that of the field, where a person has named it. */
  readonly label?: string
  /** Undefined stands for the default. */
  readonly value: ParameterValue | undefined
  readonly problem: Problem | undefined
  readonly onChange: (value: ParameterValue | undefined) => void
}

/** The control that a kind of field asks for. A value the field cannot take is shown as it is, beside what is wrong. */
export function ParameterControl(props: ParameterControlProps) {
  const { field, label = t(field.label), value, problem, onChange } = props
  const texts: FieldTexts = {
    label,
    description: t(field.description),
    problem: problem && { message: sentence(problem.message), severity: problem.severity },
  }
  const shown = value ?? field.default
  const invalid = problem?.severity === 'error'
  switch (field.control) {
    case 'integer':
    case 'number':
      return (
        <Field {...texts}>
          {(attributes) => (
            <NumberInput
              value={shown}
              min={field.min}
              max={field.max}
              step={field.control === 'number' ? field.step : 1}
              integer={field.control === 'integer'}
              unit={field.unit && t(field.unit)}
              invalid={invalid}
              attributes={attributes}
              onChange={onChange}
            />
          )}
        </Field>
      )
    case 'boolean':
      return <SwitchField {...texts} checked={shown === true} onChange={onChange} />
    case 'choice':
      return (
        <Field {...texts}>
          {(attributes) => (
            <Select
              value={typeof shown === 'string' ? shown : undefined}
              options={choiceOptions(field.choices, shown)}
              attributes={attributes}
              onChange={onChange}
            />
          )}
        </Field>
      )
    case 'integers':
      return (
        <IntegersControl field={field} texts={texts} value={shown} invalid={invalid} onChange={onChange} />
      )
    case 'text':
      return (
        <TextField
          {...texts}
          layout="column"
          value={typeof shown === 'string' ? shown : JSON.stringify(shown)}
          placeholder={field.default}
          onChange={onChange}
        />
      )
    case 'shape':
      return (
        <Field {...texts}>
          {(attributes) => (
            <ListInput
              value={shown}
              parse={parseShape}
              show={showShape}
              placeholder="1 × 28 × 28"
              invalid={invalid}
              attributes={attributes}
              onChange={onChange}
            />
          )}
        </Field>
      )
    case 'numbers':
      return (
        <Field {...texts}>
          {(attributes) => (
            <ListInput
              value={shown}
              parse={parseNumbers}
              show={showNumbers}
              placeholder="0.5, 0.25"
              invalid={invalid}
              attributes={attributes}
              onChange={onChange}
            />
          )}
        </Field>
      )
    case 'choices':
      return <ChoicesControl field={field} texts={texts} value={shown} onChange={onChange} />
    default:
      return assertNever(field)
  }
}

/** The choices, and a value that is none of them, so that it can be seen. */
function choiceOptions(choices: readonly string[], value: unknown) {
  const foreign = typeof value === 'string' && !choices.includes(value) ? [value] : []
  return [
    ...choices.map((choice) => ({ value: choice, label: t(choice) })),
    ...foreign.map((choice) => ({ value: choice, label: choice })),
  ]
}

interface IntegersControlProps {
  readonly field: Extract<ParameterField, { control: 'integers' }>
  readonly texts: FieldTexts
  readonly value: ParameterValue | readonly (number | string)[]
  readonly invalid: boolean
  readonly onChange: (value: ParameterValue) => void
}

function IntegersControl({ field, texts, value, invalid, onChange }: IntegersControlProps) {
  const numbers = Array.isArray(value) ? value : field.default
  const change = (index: number, next: number) =>
    onChange(field.labels.map((_, at) => (at === index ? next : (numbers[at] ?? field.default[at] ?? 0))))
  return (
    <Field {...texts} group>
      {(attributes) => (
        <div className="number-list">
          {field.labels.map((label, index) => (
            <div key={label} className="number-list__item">
              <NumberInput
                name={t('{{label}}: {{value}}', { label: texts.label, value: t(label) })}
                value={numbers[index]}
                min={field.min}
                max={field.max}
                integer
                invalid={invalid}
                attributes={{ ...attributes, id: `${attributes.id}-${index}` }}
                onChange={(next) => change(index, next)}
              />
              <span className="number-list__caption" aria-hidden>
                {t(label)}
              </span>
            </div>
          ))}
        </div>
      )}
    </Field>
  )
}

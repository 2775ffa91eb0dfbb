import { X } from 'lucide-react'
import { t } from '../../../src-core/language/t.ts'
import type { ParameterField } from '../../../src-core/layers/parameter-fields.ts'
import { Field, type FieldTexts } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import './choices-control.css'

interface ChoicesControlProps {
  readonly field: Extract<ParameterField, { control: 'choices' }>
  readonly texts: FieldTexts
  readonly value: unknown
  /** Undefined when nothing is chosen and nothing is the default. */
  readonly onChange: (names: string[] | undefined) => void
}

/** Names chosen from a list: each can be taken away, and the others can be added. Foreign names are shown as well. */
export function ChoicesControl({ field, texts, value, onChange }: ChoicesControlProps) {
  const chosen = Array.isArray(value) ? value.map(String) : [...field.default]
  const others = field.choices.filter((name) => !chosen.includes(name))
  // A foreign name is no word of ours.
  const word = (name: string) => (field.choices.includes(name) ? t(name) : name)
  const set = (names: string[]) =>
    onChange(names.length === 0 && field.default.length === 0 ? undefined : names)
  return (
    <Field {...texts} group layout="column">
      {(attributes) => (
        <div className="choices">
          {chosen.length === 0 && <span className="choices__none">{t(field.none)}</span>}
          {chosen.map((name, index) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a name that occurs twice is wrong, but must be shown
              key={`${name}-${index}`}
              type="button"
              className="choices__chosen"
              aria-label={t('Remove {{name}}', { name: word(name) })}
              onClick={() => set(chosen.filter((_, at) => at !== index))}
            >
              {word(name)}
              <X size={12} aria-hidden />
            </button>
          ))}
          {others.length > 0 && (
            <div className="choices__add">
              <Select
                value={undefined}
                name={t('Add to {{list}}', { list: texts.label.toLowerCase() })}
                placeholder={t('Add…')}
                options={others.map((name) => ({ value: name, label: word(name) }))}
                attributes={attributes}
                onChange={(name) => set([...chosen, name])}
              />
            </div>
          )}
        </div>
      )}
    </Field>
  )
}

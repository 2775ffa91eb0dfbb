import { useEffect, useState } from 'react'
import { mark, t } from '../../../src-core/language/t.ts'
import type { SplitConfig, splitSchema } from '../../../src-core/training/run-config.ts'
import { Field } from '../../ui/field.tsx'
import { NumberInput } from '../../ui/number-input.tsx'

interface SplitFieldProps {
  readonly split: SplitConfig
  readonly schema: typeof splitSchema
  readonly onChange: (split: SplitConfig) => void
}

const parts = ['train', 'validation', 'test'] as const
const names = {
  train: mark('train share in percent'),
  validation: mark('validation share in percent'),
  test: mark('test share in percent'),
} as const
const captions = { train: mark('train'), validation: mark('validation'), test: mark('test') } as const

/** Shares of training, validation and test data in percent; takes effect once they add up to 100. */
export function SplitField({ split, schema, onChange }: SplitFieldProps) {
  const [draft, setDraft] = useState(split)
  useEffect(() => setDraft(split), [split])
  const change = (part: (typeof parts)[number], percent: number) => {
    const next = { ...draft, [part]: percent / 100 }
    setDraft(next)
    const parsed = schema.safeParse(next)
    if (parsed.success) onChange(parsed.data)
  }
  const sum = Math.round(parts.reduce((total, part) => total + draft[part] * 100, 0) * 100) / 100
  const complaint = schema.safeParse(draft).success
    ? undefined
    : t('Train, validation and test add up to {{sum}} %, must be 100 %.', { sum })
  return (
    <Field
      label={t('Split (%)')}
      description={t(
        'Shares of the rows for training, validation after each epoch, and the final test. Classes keep their shares in every part.',
      )}
      group
      layout="column"
      problem={complaint}
    >
      {() => (
        <div className="split-field">
          {parts.map((part) => (
            <div key={part} className="split-field__part">
              <NumberInput
                name={t(names[part])}
                value={Math.round(draft[part] * 10_000) / 100}
                step={5}
                min={0}
                max={100}
                invalid={complaint !== undefined}
                onChange={(percent) => change(part, percent)}
              />
              <span aria-hidden="true">{t(captions[part])}</span>
            </div>
          ))}
        </div>
      )}
    </Field>
  )
}

import { t } from '../../../src-core/language/t.ts'
import { type Length, lengthSchema } from '../../../src-core/training/schedules/length.ts'
import { Field } from '../../ui/field.tsx'
import { NumberInput } from '../../ui/number-input.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'

interface LengthFieldProps {
  readonly label: string
  readonly description: string
  readonly value: Length | null
  /** What leaving it open means; absent where it cannot be left open. */
  readonly open?: string
  readonly onChange: (value: Length | null) => void
}

type Unit = Length['unit'] | 'open'

/** A stretch of training: so many epochs, so many steps, or whatever is left. */
export function LengthField({ label, description, value, open, onChange }: LengthFieldProps) {
  const options: SelectOption<Unit>[] = [
    ...(open === undefined ? [] : [{ value: 'open' as const, label: open }]),
    { value: 'epochs', label: t('epochs', { context: 'unit' }) },
    { value: 'steps', label: t('steps', { context: 'unit' }) },
  ]
  const setCount = (unit: Length['unit'], count: number) => {
    const parsed = lengthSchema.safeParse({ unit, count })
    if (parsed.success) onChange(parsed.data)
  }
  const setUnit = (unit: Unit) => onChange(unit === 'open' ? null : { unit, count: value?.count ?? 1 })
  return (
    <Field label={label} description={description} group layout="column">
      {() => (
        <div className="length-field">
          {value !== null && (
            <NumberInput
              name={t('{{label}}, number', { label })}
              value={value.count}
              onChange={(count) => setCount(value.unit, count)}
            />
          )}
          <Select
            name={t('{{label}}, unit', { label })}
            value={value?.unit ?? 'open'}
            options={options}
            onChange={setUnit}
          />
        </div>
      )}
    </Field>
  )
}

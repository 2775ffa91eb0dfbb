import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import { t } from '../../src-core/language/t.ts'
import './select.css'
import { type ControlAttributes, Field, type FieldTexts } from './field.tsx'

export interface SelectOption<T extends string> {
  readonly value: T
  readonly label: string
  readonly disabled?: boolean
}

interface SelectProps<T extends string> {
  readonly value: T | undefined
  readonly options: readonly SelectOption<T>[]
  readonly onChange: (value: T) => void
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly attributes?: ControlAttributes
  /** Accessible name where no label belongs to the control. */
  readonly name?: string
}

/** A list of choices that opens below its current value. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { value, options, onChange, placeholder, disabled = false, attributes, name } = props
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen)
    if (option) onChange(option.value)
  }
  return (
    <Radix.Root value={value ?? ''} onValueChange={choose} disabled={disabled}>
      <Radix.Trigger
        {...attributes}
        className="select"
        aria-label={name}
        onPointerEnter={({ currentTarget }) => tellCutText(currentTarget)}
      >
        <Radix.Value placeholder={placeholder ?? t('Choose…')} />
        <Radix.Icon className="select__icon">
          <ChevronDown size={14} aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="select__list" position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="select__option"
              >
                <Radix.ItemIndicator className="select__check">
                  <Check size={13} aria-hidden />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** What does not fit into the closed control is said by its tooltip. */
function tellCutText(trigger: HTMLElement): void {
  const text = trigger.firstElementChild
  const isCut = text !== null && text.scrollWidth > text.clientWidth
  trigger.title = isCut ? (text.textContent ?? '') : ''
}

type SelectFieldProps<T extends string> = FieldTexts & Omit<SelectProps<T>, 'attributes' | 'name'>

/** A labelled choice. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, description, note, problem, layout, ...select } = props
  return (
    <Field label={label} description={description} note={note} problem={problem} layout={layout ?? 'row'}>
      {(attributes) => <Select {...select} attributes={attributes} />}
    </Field>
  )
}

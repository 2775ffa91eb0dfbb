import { Switch as Radix } from 'radix-ui'
import './switch.css'
import { Field, type FieldTexts } from './field.tsx'

interface SwitchFieldProps extends FieldTexts {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

/** A labelled on/off switch. */
export function SwitchField({ checked, onChange, disabled = false, ...texts }: SwitchFieldProps) {
  return (
    <Field {...texts}>
      {(attributes) => (
        <Radix.Root
          {...attributes}
          className="switch"
          checked={checked}
          onCheckedChange={onChange}
          disabled={disabled}
        >
          <Radix.Thumb className="switch__thumb" />
        </Radix.Root>
      )}
    </Field>
  )
}

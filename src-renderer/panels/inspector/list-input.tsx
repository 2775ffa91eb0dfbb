import { useEffect, useState } from 'react'
import { classNames } from '../../ui/class-names.ts'
import type { ControlAttributes } from '../../ui/field.tsx'

interface ListInputProps {
  readonly value: unknown
  /** Undefined for a text that is no such list. */
  readonly parse: (text: string) => number[] | undefined
  readonly show: (value: unknown) => string
  readonly placeholder: string
  readonly invalid: boolean
  readonly attributes: ControlAttributes
  readonly onChange: (value: number[]) => void
}

/** A list of numbers as text, such as axis sizes. Counts as soon as it can be read. */
export function ListInput(props: ListInputProps) {
  const { value, parse, show, placeholder, invalid, attributes, onChange } = props
  const [draft, setDraft] = useState(() => show(value))
  useEffect(() => {
    setDraft((current) => (same(parse(current), value) ? current : show(value)))
  }, [value, parse, show])
  const parsed = parse(draft)
  const type = (text: string) => {
    setDraft(text)
    const next = parse(text)
    if (next && !same(next, value)) onChange(next)
  }
  const wrong = invalid || parsed === undefined
  return (
    <div className={classNames('input', wrong && 'input--invalid')}>
      <input
        {...attributes}
        type="text"
        className="numeric"
        value={draft}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        aria-invalid={wrong || undefined}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setDraft(show(value))}
      />
    </div>
  )
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

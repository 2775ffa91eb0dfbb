import { useEffect, useState } from 'react'
import { classNames } from '../../ui/class-names.ts'
import type { ControlAttributes } from '../../ui/field.tsx'
import { parseShape, showShape } from './parse-shape.ts'

interface ShapeInputProps {
  readonly value: unknown
  readonly invalid: boolean
  readonly attributes: ControlAttributes
  readonly onChange: (value: number[]) => void
}

/** Axis sizes as text: `1 × 28 × 28`, `1, 28, 28` or `1 28 28`. Counts as soon as it can be read. */
export function ShapeInput({ value, invalid, attributes, onChange }: ShapeInputProps) {
  const [draft, setDraft] = useState(() => showShape(value))
  useEffect(() => {
    setDraft((current) => (same(parseShape(current), value) ? current : showShape(value)))
  }, [value])
  const parsed = parseShape(draft)
  const type = (text: string) => {
    setDraft(text)
    const next = parseShape(text)
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
        placeholder="1 × 28 × 28"
        aria-invalid={wrong || undefined}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setDraft(showShape(value))}
      />
    </div>
  )
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import { classNames } from './class-names.ts'
import { Field, type FieldTexts } from './field.tsx'

interface TextFieldProps extends FieldTexts {
  readonly value: string
  /** Called for every keystroke. */
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly multiline?: boolean
  readonly prefix?: ReactNode
}

/** A labelled line (or lines) of text that reports every keystroke. */
export function TextField({ value, onChange, placeholder, multiline, prefix, ...texts }: TextFieldProps) {
  return (
    <Field {...texts}>
      {(attributes) => (
        <div className={classNames('input', texts.problem !== undefined && 'input--invalid')}>
          {prefix !== undefined && <span className="input__prefix">{prefix}</span>}
          {multiline ? (
            <textarea
              {...attributes}
              value={value}
              placeholder={placeholder}
              onChange={(event) => onChange(event.target.value)}
            />
          ) : (
            <input
              {...attributes}
              type="text"
              value={value}
              placeholder={placeholder}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </div>
      )}
    </Field>
  )
}

/**
 * A text that counts only when it is finished: Enter or leaving the field commits it, Escape brings the old one back.
 * For names, where every half-typed state would be a change of its own.
 */
export function useCommittedText(value: string, onCommit: (value: string) => void) {
  const [draft, setDraft] = useState(value)
  useEffect(() => setDraft(value), [value])
  const commit = () => {
    const trimmed = draft.trim()
    if (trimmed === '') setDraft(value)
    else if (trimmed !== value) onCommit(trimmed)
  }
  return {
    value: draft,
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onBlur: commit,
    onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
      if (event.key === 'Enter') event.currentTarget.blur()
      if (event.key === 'Escape') {
        setDraft(value)
        event.stopPropagation()
      }
    },
  }
}

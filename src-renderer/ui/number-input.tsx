import { type KeyboardEvent, useEffect, useState } from 'react'
import { t } from '../../src-core/language/t.ts'
import { constantOf } from '../../src-core/layers/support/expression/expression.ts'
import { parseExpression } from '../../src-core/layers/support/expression/parse-expression.ts'
import { classNames } from './class-names.ts'
import { type ControlAttributes, Field, type FieldTexts } from './field.tsx'

export interface NumberInputProps {
  /** The number that counts; what is not a number (a damaged document) is shown as it is. */
  readonly value: unknown
  /** Called whenever the text is a number, in range or not: ranges are explained, never enforced by changing the number. */
  readonly onChange: (value: number) => void
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly integer?: boolean
  readonly unit?: string | undefined
  readonly invalid?: boolean
  readonly attributes?: ControlAttributes
  /** Accessible name where no label belongs to the input. */
  readonly name?: string
}

/**
 * Reads what people type as a number: `1e-3`, `0,5` and `1 000` included, and sums such as `2*32` and `28/4`; undefined
 * when it is none. Nothing of it is ever run: it is parsed as the formulas of the Expression layer are.
 */
export function parseNumber(text: string): number | undefined {
  const compact = text.trim().replaceAll(/[\s_]/g, '').replace(',', '.')
  if (compact === '') return undefined
  const value = isPlain(compact) ? Number(compact) : calculated(text)
  return value !== undefined && Number.isFinite(value) ? value : undefined
}

function isPlain(compact: string): boolean {
  return !Number.isNaN(Number(compact))
}

function calculated(text: string): number | undefined {
  const parsed = parseExpression(text)
  const value = parsed.ok ? constantOf(parsed.value) : undefined
  // Does not show binary rounding such as 0.30000000000000004.
  return value === undefined ? undefined : Number(value.toPrecision(15))
}

function show(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value ?? '')
}

/** A spin button on text: arrow keys step (Shift: ten times), anything typed stays visible. */
export function NumberInput(props: NumberInputProps) {
  const { value, onChange, min, max, step = 1, unit, invalid = false, attributes, name } = props
  const [draft, setDraft] = useState(() => show(value))
  useEffect(() => {
    setDraft((current) => (parseNumber(current) === value ? current : show(value)))
  }, [value])
  const parsed = parseNumber(draft)

  const type = (text: string) => {
    setDraft(text)
    const next = parseNumber(text)
    if (next !== undefined && next !== value) onChange(next)
  }
  const stepBy = (event: KeyboardEvent, direction: 1 | -1) => {
    event.preventDefault()
    const from = parsed ?? (typeof value === 'number' ? value : 0)
    const raw = from + direction * step * (event.shiftKey ? 10 : 1)
    // A step never leaves the range, and does not show binary rounding such as 0.30000000000000004.
    const rounded = Number(raw.toPrecision(12))
    type(String(Math.min(max ?? Infinity, Math.max(min ?? -Infinity, rounded))))
  }
  /** What is no number gives way to the one that counts, and a sum to its result. */
  const finish = () => {
    if (parsed === undefined || Number.isNaN(Number(draft.replace(',', '.')))) setDraft(show(value))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') stepBy(event, 1)
    if (event.key === 'ArrowDown') stepBy(event, -1)
    if (event.key === 'Escape') setDraft(show(value))
    if (event.key === 'Enter') finish()
  }
  const wrong = invalid || parsed === undefined
  return (
    <div className={classNames('input', wrong && 'input--invalid')}>
      <input
        {...attributes}
        type="text"
        inputMode="decimal"
        role="spinbutton"
        className="numeric"
        aria-label={name}
        aria-invalid={wrong || undefined}
        aria-valuenow={parsed ?? (typeof value === 'number' ? value : 0)}
        aria-valuetext={draft}
        aria-valuemin={min}
        aria-valuemax={max}
        autoComplete="off"
        value={draft}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={finish}
      />
      {unit !== undefined && <span className="input__unit">{unit}</span>}
    </div>
  )
}

type NumberFieldProps = FieldTexts & Omit<NumberInputProps, 'attributes' | 'invalid' | 'name'>

/** A labelled number; explains itself when the value is outside [min, max] or should be whole. */
export function NumberField({ label, description, note, problem, layout, ...input }: NumberFieldProps) {
  const complaint = problem ?? rangeProblem(input)
  return (
    <Field label={label} description={description} note={note} problem={complaint} layout={layout ?? 'row'}>
      {(attributes) => <NumberInput {...input} attributes={attributes} invalid={complaint !== undefined} />}
    </Field>
  )
}

/** What is wrong with a number, as a sentence; undefined when nothing is. */
export function rangeProblem(
  input: Pick<NumberInputProps, 'value' | 'min' | 'max' | 'integer'>,
): string | undefined {
  const { value, min, max, integer } = input
  if (typeof value !== 'number') return t('Must be a number.')
  if (integer && !Number.isInteger(value)) return t('Must be a whole number, got {{value}}.', { value })
  if (min !== undefined && value < min)
    return t('Must be at least {{limit}}, got {{value}}.', { limit: min, value })
  if (max !== undefined && value > max)
    return t('Must be at most {{limit}}, got {{value}}.', { limit: max, value })
  return undefined
}

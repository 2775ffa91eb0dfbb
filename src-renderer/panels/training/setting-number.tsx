import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { t } from '../../../src-core/language/t.ts'
import { NumberField } from '../../ui/number-input.tsx'
import { reasonText } from './reason-text.ts'

interface SettingNumberProps {
  readonly label: string
  readonly description: string
  readonly value: number
  readonly schema: z.ZodType
  readonly step?: number
  readonly onChange: (value: number) => void
}

/**
 * A training setting that is a number. A value the setting cannot take stays in the field with the reason beside it,
 * and does not reach the document, whose settings are always valid.
 */
export function SettingNumber({ label, description, value, schema, step, onChange }: SettingNumberProps) {
  const [refused, setRefused] = useState<number | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stored value (undo, another project) replaces a refused one
  useEffect(() => setRefused(null), [value])
  const complaint = refused === null ? undefined : explain(schema, refused)
  const change = (next: number) => {
    const accepted = schema.safeParse(next).success
    setRefused(accepted ? null : next)
    if (accepted) onChange(next)
  }
  return (
    <NumberField
      layout="column"
      label={label}
      description={description}
      value={refused ?? value}
      {...(step === undefined ? {} : { step })}
      problem={complaint}
      onChange={change}
    />
  )
}

function explain(schema: z.ZodType, value: number): string | undefined {
  const parsed = schema.safeParse(value)
  if (parsed.success) return undefined
  const reason = reasonText(parsed.error.issues[0]?.message)
  return t('Got {{value}}: {{reason}}. The last good value stays in use.', { value, reason })
}

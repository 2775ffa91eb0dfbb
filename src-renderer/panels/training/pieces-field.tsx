import { useEffect, useState } from 'react'
import { t } from '../../../src-core/language/t.ts'
import {
  type PiecewiseScheduleConfig,
  piecewiseScheduleSchema,
} from '../../../src-core/training/schedules/piecewise.ts'
import { SelectField } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { parsePieces, piecesText } from './pieces-text.ts'
import { reasonText } from './reason-text.ts'

interface PiecesFieldProps {
  readonly schedule: PiecewiseScheduleConfig
  readonly onChange: (schedule: PiecewiseScheduleConfig) => void
}

/** The points where a piecewise schedule changes, as a line of text, and what they count. */
export function PiecesField({ schedule, onChange }: PiecesFieldProps) {
  const [draft, setDraft] = useState(() => piecesText(schedule.pieces))
  const stored = piecesText(schedule.pieces)
  useEffect(() => setDraft(stored), [stored])
  const complaint = complaintAbout(draft)
  const change = (text: string) => {
    setDraft(text)
    const parsed = piecewiseScheduleSchema.safeParse({ ...schedule, pieces: parsePieces(text) })
    if (parsed.success && parsePieces(text)) onChange(parsed.data)
  }
  return (
    <>
      <TextField
        layout="column"
        label={t('Changes')}
        description={t('Point and factor of the learning rate, as in 5: 0.1; 8: 0.01.')}
        value={draft}
        problem={complaint}
        onChange={change}
      />
      <SelectField
        layout="column"
        label={t('Counted in')}
        description={t('What the points count.')}
        value={schedule.unit}
        options={[
          { value: 'epochs', label: t('epochs', { context: 'unit' }) },
          { value: 'steps', label: t('steps', { context: 'unit' }) },
        ]}
        onChange={(unit) => onChange({ ...schedule, unit })}
      />
    </>
  )
}

function complaintAbout(text: string): string | undefined {
  const pieces = parsePieces(text)
  if (!pieces) return t('Got "{{text}}": write point and factor, as in 5: 0.1; 8: 0.01.', { text })
  const parsed = piecewiseScheduleSchema.shape.pieces.safeParse(pieces)
  if (parsed.success) return undefined
  const reason = reasonText(parsed.error.issues[0]?.message)
  return t('{{reason}}. The last good value stays in use.', { reason })
}

import { t } from '../../../src-core/language/t.ts'
import type { Monitor } from '../../../src-core/training/schedules/monitor.ts'
import { SelectField } from '../../ui/select.tsx'
import { monitorPhrase } from './setting-phrases.ts'

interface MonitorFieldProps {
  readonly label: string
  readonly value: Monitor
  /** Metrics that the model reports, as far as that is known. */
  readonly metrics: readonly string[]
  readonly onChange: (value: Monitor) => void
}

const parts = ['validation', 'train'] as const

/** Which metric is watched after every epoch. */
export function MonitorField({ label, value, metrics, onChange }: MonitorFieldProps) {
  const all = new Set([...metrics, value.metric])
  const monitors = parts.flatMap((part) => [...all].map((metric) => ({ part, metric })))
  const key = ({ part, metric }: Monitor) => `${part}/${metric}`
  return (
    <div className="training-settings__wide">
      <SelectField
        layout="column"
        label={label}
        description={t(
          'What is watched after every epoch. Losses and errors are to fall, other metrics to rise.',
        )}
        value={key(value)}
        options={monitors.map((monitor) => ({
          value: key(monitor),
          label: capitalised(monitorPhrase(monitor)),
        }))}
        onChange={(chosen) => {
          const monitor = monitors.find((candidate) => key(candidate) === chosen)
          if (monitor) onChange(monitor)
        }}
      />
    </div>
  )
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

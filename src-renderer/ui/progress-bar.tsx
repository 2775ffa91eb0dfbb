import { Progress as Radix } from 'radix-ui'
import './progress-bar.css'

interface ProgressBarProps {
  readonly label: string
  /** 0 to 1; null when it is not known. */
  readonly value: number | null
  /** Read instead of the percentage, e.g. "Epoch 3 of 10". */
  readonly valueText?: string
}

/** How far something has come. */
export function ProgressBar({ label, value, valueText }: ProgressBarProps) {
  const bounded = value === null ? null : Math.min(1, Math.max(0, value))
  const percent = bounded === null ? null : Math.round(bounded * 100)
  return (
    <Radix.Root
      className="progress-bar"
      aria-label={label}
      aria-valuetext={valueText}
      value={percent}
      max={100}
    >
      {bounded === null ? (
        <div className="progress-bar__fill progress-bar__fill--unknown" />
      ) : (
        <div className="progress-bar__fill" style={{ transform: `scaleX(${bounded})` }} />
      )}
    </Radix.Root>
  )
}

import type { LucideIcon } from 'lucide-react'
import { ToggleGroup as Radix } from 'radix-ui'
import './segmented.css'

export interface Segment<T extends string> {
  readonly value: T
  readonly label: string
  /** Stands in place of the label, which becomes the accessible name and the tooltip. */
  readonly icon?: LucideIcon
}

interface SegmentedProps<T extends string> {
  /** Accessible name of the choice. */
  readonly label: string
  readonly value: T
  readonly segments: readonly Segment<T>[]
  readonly onChange: (value: T) => void
}

/** Two or three choices side by side, one of them in force. */
export function Segmented<T extends string>({ label, value, segments, onChange }: SegmentedProps<T>) {
  const choose = (chosen: string) => {
    // Pressing the one in force would leave none.
    const segment = segments.find((candidate) => candidate.value === chosen)
    if (segment) onChange(segment.value)
  }
  return (
    <Radix.Root
      type="single"
      className="segmented"
      aria-label={label}
      value={value}
      onValueChange={choose}
      loop
    >
      {segments.map((segment) => (
        <Radix.Item
          key={segment.value}
          value={segment.value}
          className="segmented__item"
          {...(segment.icon ? { 'aria-label': segment.label, title: segment.label } : {})}
        >
          {segment.icon ? <segment.icon size={15} aria-hidden /> : segment.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}

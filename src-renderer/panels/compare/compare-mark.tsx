import { type LucideIcon, Minus, Pencil, Plus } from 'lucide-react'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { CompareMark } from './compare-elements.ts'

const looks: Readonly<Record<Exclude<CompareMark, 'same'>, { icon: LucideIcon; tone: Tone }>> = {
  added: { icon: Plus, tone: 'success' },
  removed: { icon: Minus, tone: 'danger' },
  changed: { icon: Pencil, tone: 'warning' },
}

/** What happened, by icon and word; the colour only repeats it. */
export function CompareMarkBadge({ mark }: { readonly mark: CompareMark }) {
  if (mark === 'same') return null
  const { icon, tone } = looks[mark]
  return (
    <Badge tone={tone} icon={icon}>
      {mark}
    </Badge>
  )
}

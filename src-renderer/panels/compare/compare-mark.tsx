import { type LucideIcon, Minus, Pencil, Plus } from 'lucide-react'
import { mark, t } from '../../../src-core/language/t.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { CompareMark } from './compare-elements.ts'

interface MarkLook {
  readonly icon: LucideIcon
  readonly tone: Tone
  readonly word: string
}

const looks: Readonly<Record<Exclude<CompareMark, 'same'>, MarkLook>> = {
  added: { icon: Plus, tone: 'success', word: mark('added') },
  removed: { icon: Minus, tone: 'danger', word: mark('removed') },
  changed: { icon: Pencil, tone: 'warning', word: mark('changed') },
}

/** What happened, by icon and word; the colour only repeats it. */
export function CompareMarkBadge({ mark: change }: { readonly mark: CompareMark }) {
  if (change === 'same') return null
  const { icon, tone, word } = looks[change]
  return (
    <Badge tone={tone} icon={icon}>
      {t(word)}
    </Badge>
  )
}

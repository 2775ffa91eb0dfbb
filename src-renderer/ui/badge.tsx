import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import './badge.css'
import { classNames } from './class-names.ts'

export type Tone = 'neutral' | 'accent' | 'danger' | 'warning' | 'success'

interface BadgeProps {
  readonly tone?: Tone
  readonly icon?: LucideIcon
  readonly children: ReactNode
}

/** A small count or state. Say the state in words; the colour only repeats it. */
export function Badge({ tone = 'neutral', icon: Icon, children }: BadgeProps) {
  return (
    <span className={classNames('badge', tone !== 'neutral' && `badge--${tone}`)}>
      {Icon && <Icon size={11} aria-hidden />}
      {children}
    </span>
  )
}

import type { ReactNode } from 'react'
import './panel.css'
import { classNames } from './class-names.ts'

interface PanelProps {
  readonly title: string
  readonly actions?: ReactNode
  readonly padded?: boolean
  readonly children: ReactNode
}

/** A titled area with a scrolling body. */
export function Panel({ title, actions, padded = false, children }: PanelProps) {
  return (
    <section className="panel" aria-label={title}>
      <header className="panel__header">
        <h2 className="panel__title truncate">{title}</h2>
        {actions}
      </header>
      <div className={classNames('panel__body', padded && 'panel__body--padded')}>{children}</div>
    </section>
  )
}

/** A part of a panel, with its heading where it needs one. */
export function Section({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <div className="section">
      {title !== undefined && <h3 className="section__title">{title}</h3>}
      {children}
    </div>
  )
}

interface Fact {
  readonly name: string
  readonly value: ReactNode
}

/** Names and values in two columns. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.flatMap((fact) => [
        <dt key={`${fact.name}-name`}>{fact.name}</dt>,
        <dd key={`${fact.name}-value`}>{fact.value}</dd>,
      ])}
    </dl>
  )
}

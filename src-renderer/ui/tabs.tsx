import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { keepReachable } from './tab-stop.ts'
import './tabs.css'

export interface TabDefinition<T extends string> {
  readonly id: T
  readonly label: string
  /** Beside the label, e.g. a count. */
  readonly badge?: ReactNode
  readonly content: ReactNode
}

interface TabsProps<T extends string> {
  readonly label: string
  readonly tabs: readonly TabDefinition<T>[]
  readonly active: T
  readonly onChange: (id: T) => void
  /** At the end of the tab bar. */
  readonly end?: ReactNode
  readonly hideContent?: boolean
}

/** A tab bar with its content; only the active tab is mounted. */
export function Tabs<T extends string>({ label, tabs, active, onChange, end, hideContent }: TabsProps<T>) {
  const change = (id: string) => {
    const tab = tabs.find((candidate) => candidate.id === id)
    if (tab) onChange(tab.id)
  }
  return (
    // While nothing is shown no tab is on, so that pressing any of them brings it back.
    <Radix.Root
      className="tabs"
      value={hideContent ? '' : active}
      onValueChange={change}
      activationMode="manual"
    >
      <div className="tabs__bar">
        <Radix.List className="tabs__list" aria-label={label}>
          {tabs.map((tab) => (
            <Radix.Trigger key={tab.id} value={tab.id} className="tabs__tab">
              {tab.label}
              {tab.badge}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {end !== undefined && <div className="tabs__end">{end}</div>}
      </div>
      {!hideContent &&
        tabs.map((tab) => (
          <Radix.Content
            key={tab.id}
            ref={keepReachable}
            value={tab.id}
            className="tabs__content"
            tabIndex={-1}
          >
            {tab.content}
          </Radix.Content>
        ))}
    </Radix.Root>
  )
}

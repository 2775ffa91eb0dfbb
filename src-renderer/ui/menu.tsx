import { Check, type LucideIcon } from 'lucide-react'
import { ContextMenu as RadixContext, DropdownMenu as RadixDropdown } from 'radix-ui'
import type { ReactNode } from 'react'
import './menu.css'
import { classNames } from './class-names.ts'

export type MenuEntry =
  | {
      readonly type?: 'item'
      readonly label: string
      readonly onSelect: () => void
      readonly icon?: LucideIcon
      readonly shortcut?: string
      readonly disabled?: boolean
      readonly danger?: boolean
      /** One of several that can be on; said to screen readers too. */
      /** For one of several choices: whether it is the one in force. */
      readonly checked?: boolean
    }
  | { readonly type: 'separator' }
  | { readonly type: 'heading'; readonly label: string }

interface MenuProps {
  readonly entries: readonly MenuEntry[]
  readonly align?: 'start' | 'center' | 'end'
  /** The button that opens it: one element that takes a ref and spreads its props. */
  readonly children: ReactNode
}

/** A menu below a button. */
export function Menu({ entries, align = 'start', children }: MenuProps) {
  return (
    <RadixDropdown.Root modal={false}>
      <RadixDropdown.Trigger asChild>{children}</RadixDropdown.Trigger>
      <RadixDropdown.Portal>
        <RadixDropdown.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          <Entries entries={entries} parts={RadixDropdown} />
        </RadixDropdown.Content>
      </RadixDropdown.Portal>
    </RadixDropdown.Root>
  )
}

/** A menu at the pointer (or by the menu key) over its child. */
export function ContextMenu({ entries, children }: Omit<MenuProps, 'align'>) {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className="menu" collisionPadding={8}>
          <Entries entries={entries} parts={RadixContext} />
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  )
}

type Parts = Pick<typeof RadixDropdown | typeof RadixContext, 'Item' | 'CheckboxItem' | 'Separator' | 'Label'>

function Entries({ entries, parts }: { readonly entries: readonly MenuEntry[]; readonly parts: Parts }) {
  return entries.map((entry, index) => {
    // Menus are fixed lists; an entry's place is its identity.
    const key = `${index}-${'label' in entry ? entry.label : ''}`
    if (entry.type === 'separator') return <parts.Separator key={key} className="menu__separator" />
    if (entry.type === 'heading') {
      return (
        <parts.Label key={key} className="menu__heading">
          {entry.label}
        </parts.Label>
      )
    }
    const Icon = entry.checked ? Check : entry.icon
    const content = (
      <>
        {Icon && <Icon size={15} aria-hidden />}
        <span className="menu__label">{entry.label}</span>
        {entry.shortcut !== undefined && <span className="menu__shortcut">{entry.shortcut}</span>}
      </>
    )
    const attributes = {
      className: classNames('menu__item', entry.danger && 'menu__item--danger'),
      disabled: entry.disabled ?? false,
      onSelect: entry.onSelect,
    }
    return entry.checked === undefined ? (
      <parts.Item key={key} {...attributes}>
        {content}
      </parts.Item>
    ) : (
      <parts.CheckboxItem key={key} checked={entry.checked} {...attributes}>
        {content}
      </parts.CheckboxItem>
    )
  })
}

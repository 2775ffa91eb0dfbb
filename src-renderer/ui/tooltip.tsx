import { Tooltip as Radix } from 'radix-ui'
import { type ReactNode, useContext } from 'react'
import './tooltip.css'
import { EscapeContext } from './escape-context.ts'

interface TooltipProps {
  readonly content: ReactNode
  readonly shortcut?: string | undefined
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly delay?: number
  /** One element that takes a ref and spreads its props. */
  readonly children: ReactNode
}

/** Shows `content` when its child is hovered or focused. Needs TooltipProvider above it. */
export function Tooltip({ content, shortcut, side = 'bottom', delay, children }: TooltipProps) {
  const closeWindow = useContext(EscapeContext)
  return (
    <Radix.Root {...(delay === undefined ? {} : { delayDuration: delay })}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="tooltip"
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onEscapeKeyDown={() => closeWindow?.()}
        >
          {content}
          {shortcut !== undefined && <kbd className="tooltip__shortcut">{shortcut}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Wraps the app once. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  )
}

import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import './popover.css'
import { EscapeContext } from './escape-context.ts'

interface PopoverProps {
  readonly label: string
  readonly content: ReactNode
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  /** The button that opens it: one element that takes a ref and spreads its props. */
  readonly children: ReactNode
}

/** A small window beside the button that opens it. */
export function Popover({ label, content, side = 'right', open, onOpenChange, children }: PopoverProps) {
  return (
    <Radix.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="popover" side={side} sideOffset={6} collisionPadding={8} aria-label={label}>
          <EscapeContext value={onOpenChange && (() => onOpenChange(false))}>{content}</EscapeContext>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { canvas } from '../../state/canvas-handle.ts'
import { closePicker, type WindowPoint } from '../../state/picker-store.ts'
import { useProject } from '../../state/project-store.ts'
import { useReturnFocus } from '../../ui/return-focus.ts'
import './picker-popover.css'

interface PickerPopoverProps {
  readonly label: string
  readonly at: WindowPoint
  readonly children: ReactNode
}

/**
 * A list at a point of the window. Closing it gives the focus to the selected layer, so that keys go on from there; where
 * none is selected it goes back to where it came from.
 */
export function PickerPopover({ label, at, children }: PickerPopoverProps) {
  const focus = useReturnFocus(true)
  return (
    <Radix.Root open onOpenChange={(open) => !open && closePicker()}>
      <Radix.Anchor asChild>
        <span className="picker__anchor" style={{ left: at.x, top: at.y }} />
      </Radix.Anchor>
      <Radix.Portal>
        <Radix.Content
          className="picker"
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label={label}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (!focusSelection()) focus.giveBack(event)
          }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Gives the focus to the layer that is selected; false if it is not just one. */
export function focusSelection(): boolean {
  const [only, ...others] = useProject.getState().selectedLayers
  if (only === undefined || others.length > 0) return false
  canvas()?.focus(only)
  return true
}

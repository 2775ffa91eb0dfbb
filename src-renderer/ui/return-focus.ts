import { useRef } from 'react'

/** Wires are drawn, the rest is HTML. */
type Focusable = HTMLElement | SVGElement

/** What a window that closed for another one in the same moment had to give the focus back to. */
let handedOn: Focusable | undefined

/**
 * For what opens over the window without a trigger that Radix knows of: what had the focus when it opened gets it back,
 * unless something else has taken it by then.
 */
export function useReturnFocus(open: boolean) {
  const opener = useRef<Focusable>(undefined)
  const wasOpen = useRef(false)
  // Before it is drawn: a field in it may take the focus as soon as it is.
  if (open && !wasOpen.current) opener.current = openerOf(document.activeElement)
  wasOpen.current = open
  return {
    /** Called where it closes. */
    giveBack: (event: Event) => {
      event.preventDefault()
      const to = [opener.current, handedOn].find((element) => element?.isConnected)
      handedOn = undefined
      if (isFree()) to?.focus({ preventScroll: true })
      else if (document.activeElement?.closest('[role="dialog"], [role="alertdialog"]')) handedOn = to
    },
  }
}

function isFree(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

/** What had the focus; for the entry of a menu, which is gone by then, the button that opened the menu. */
function openerOf(active: Element | null): Focusable | undefined {
  const menu = active?.closest('[role="menu"]')
  const element = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : active
  const canHaveIt = element instanceof HTMLElement || element instanceof SVGElement
  return canHaveIt && element !== document.body ? element : undefined
}

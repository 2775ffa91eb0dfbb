import { useRef } from 'react'

/** What a window that closed for another one in the same moment had to give the focus back to. */
let handedOn: HTMLElement | undefined

/**
 * For what opens over the window without a trigger that Radix knows of: what had the focus when it opened gets it back,
 * unless something else has taken it by then.
 */
export function useReturnFocus() {
  const opener = useRef<HTMLElement>(undefined)
  return {
    /** Called where it opens, before anything in it has the focus. */
    remember: () => {
      opener.current = openerOf(document.activeElement)
    },
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
function openerOf(active: Element | null): HTMLElement | undefined {
  const menu = active?.closest('[role="menu"]')
  const element = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : active
  return element instanceof HTMLElement && element !== document.body ? element : undefined
}

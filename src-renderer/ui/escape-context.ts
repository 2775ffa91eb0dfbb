import { createContext } from 'react'

/**
 * Closes the window around a tooltip, if any. Radix gives Escape to what was opened last, which is often the tooltip of
 * the very button that is focused; people mean the window.
 */
export const EscapeContext = createContext<(() => void) | undefined>(undefined)

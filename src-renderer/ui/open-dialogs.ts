import { useLayoutEffect, useRef } from 'react'
import { create } from 'zustand'

interface OpenDialog {
  readonly close: () => void
}

/** The dialogs that are open, the topmost one last. Nothing beneath them is to be reached, by the native menu neither. */
export const useOpenDialogs = create<{ readonly dialogs: readonly OpenDialog[] }>(() => ({ dialogs: [] }))

export function isDialogOpen(): boolean {
  return useOpenDialogs.getState().dialogs.length > 0
}

/** Closes the topmost dialog as Escape does. */
export function closeDialog(): void {
  useOpenDialogs.getState().dialogs.at(-1)?.close()
}

/** Makes a dialog known while it is open. */
export function useOpenDialog(open: boolean, onClose: () => void): void {
  const latest = useRef(onClose)
  useLayoutEffect(() => {
    latest.current = onClose
  })
  useLayoutEffect(() => {
    if (!open) return undefined
    const own: OpenDialog = { close: () => latest.current() }
    useOpenDialogs.setState(({ dialogs }) => ({ dialogs: [...dialogs, own] }))
    return () =>
      useOpenDialogs.setState(({ dialogs }) => ({ dialogs: dialogs.filter((each) => each !== own) }))
  }, [open])
}

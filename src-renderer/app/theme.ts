import { type Theme, useUi } from '../state/ui-store.ts'

/** Whether a theme means dark on this machine now. */
export function isDark(theme: Theme): boolean {
  return theme === 'dark' || (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches)
}

/** Keeps data-theme on <html> at what the person chose; `system` leaves it to the system. Returns what ends it. */
export function startTheme(): () => void {
  const apply = (theme: Theme) => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }
  apply(useUi.getState().theme)
  return useUi.subscribe((state) => apply(state.theme))
}

/** What Tab stops at, as far as the panels of this app hold it. */
const stops =
  'button:not(:disabled), a[href], input:not(:disabled), textarea:not(:disabled), summary, [tabindex]:not([tabindex="-1"])'

/**
 * The ref of a panel of tabs: Tab stops at the panel itself while there is nothing in it that it could stop at, so that it can be
 * read and scrolled by keyboard.
 */
export function keepReachable(panel: HTMLElement | null): (() => void) | undefined {
  if (!panel) return undefined
  const look = () => {
    const wanted = panel.querySelector(stops) ? -1 : 0
    // Setting it is a change as well, even to what it is.
    if (panel.tabIndex !== wanted) panel.tabIndex = wanted
  }
  look()
  const observer = new MutationObserver(look)
  observer.observe(panel, { childList: true, subtree: true, attributeFilter: ['disabled', 'tabindex'] })
  return () => observer.disconnect()
}

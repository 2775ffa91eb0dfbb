import type { ElectronApplication, Page } from 'playwright'

/** Makes the page exactly so large, in CSS pixels. */
export async function setWindowSize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height)
    },
    { width, height },
  )
}

/** Chooses a theme in the bar at the top of the workbench, and waits until no menu, focus or tooltip is left of it. */
export async function setTheme(window: Page, theme: 'Light' | 'Dark' | 'As the system'): Promise<void> {
  await window.getByRole('button', { name: 'Theme' }).click()
  await window.getByRole('menuitemcheckbox', { name: theme }).click()
  await window.getByRole('menu').waitFor({ state: 'detached' })
  await window.mouse.move(0, 0)
  await window.getByRole('button', { name: 'Theme' }).blur()
  await window.getByRole('tooltip').waitFor({ state: 'detached' })
}

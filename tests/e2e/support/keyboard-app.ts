import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Locator, Page } from 'playwright'
import { expect } from 'vitest'
import { expectAccessibleInBothThemes } from './accessibility.ts'
import { CanvasPage } from './canvas.ts'
import { expectFocusOn, expectVisibleFocus } from './focus.ts'
import { type LaunchedApp, launchApp } from './launch-app.ts'
import { trainedWorkspace } from './trained-workspace.ts'
import { setWindowSize } from './window.ts'

/** The app on a workspace with trained models, and what a person without a mouse does with it. */
export class KeyboardApp {
  readonly folder: string
  readonly launched: LaunchedApp
  readonly window: Page
  readonly canvas: CanvasPage

  private constructor(folder: string, launched: LaunchedApp) {
    this.folder = folder
    this.launched = launched
    this.window = launched.window
    this.canvas = new CanvasPage(launched.window)
  }

  static async launch(): Promise<KeyboardApp> {
    const folder = await mkdtemp(path.join(tmpdir(), 'layerloom-accessibility-'))
    const workspace = path.join(folder, 'workspace.loom.db')
    await trainedWorkspace(workspace)
    const launched = await launchApp({ workspace })
    // What glides or fades would have to be waited for.
    await launched.window.emulateMedia({ reducedMotion: 'reduce' })
    await setWindowSize(launched.app, 1440, 900)
    return new KeyboardApp(folder, launched)
  }

  async close(): Promise<void> {
    await this.launched.close()
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  press(keys: string): Promise<void> {
    return this.window.keyboard.press(keys)
  }

  button(name: string | RegExp): Locator {
    return this.window.getByRole('button', { name, exact: true })
  }

  dialog(): Locator {
    return this.window.getByRole('dialog').or(this.window.getByRole('alertdialog'))
  }

  panel(name: string): Locator {
    const panels = this.window.getByRole('tablist', { name: 'Panels' })
    return panels.getByRole('tab', { name: new RegExp(`^${name}`) })
  }

  accessible(): Promise<void> {
    return expectAccessibleInBothThemes(this.window)
  }

  /** A dialog that a failure left open would make all that follows fail. */
  async leaveDialog(): Promise<void> {
    if ((await this.dialog().count()) > 0) await this.press('Escape')
  }

  async command(words: string): Promise<void> {
    await this.press('Control+k')
    await this.window.getByRole('combobox', { name: 'Commands' }).fill(words)
    await this.press('Enter')
    await this.window.getByRole('combobox', { name: 'Commands' }).waitFor({ state: 'detached' })
  }

  async startPage(): Promise<void> {
    await this.button('Start page').click()
    await this.window.getByRole('heading', { name: 'LayerLoom' }).waitFor()
  }

  /** Opens one of the projects that were there before. */
  async recent(name: RegExp): Promise<void> {
    const projects = this.window.getByRole('region', { name: 'Recent projects' })
    await projects.getByRole('button', { name }).first().click()
    await this.canvas.area.waitFor()
  }

  /** Goes through a dialog by Tab, comes back to where it began without having left it, and leaves it by Escape. */
  async walkThroughAndLeave(opener: Locator): Promise<void> {
    const dialog = this.dialog()
    await dialog.waitFor()
    const isInside = () => dialog.evaluate((element) => element.contains(document.activeElement))
    await expect.poll(isInside).toBe(true)
    const stops = await expectVisibleFocus(this.window)
    expect(stops.length).toBeGreaterThan(0)
    expect(await isInside()).toBe(true)
    await this.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expectFocusOn(this.window, opener)
  }

  /** Opens a dialog with the key of a button, has axe look at it, and goes through it by keyboard. */
  async dialogOf(opener: Locator, before?: () => Promise<unknown>): Promise<void> {
    await opener.focus()
    await this.press('Enter')
    await this.dialog().waitFor()
    await before?.()
    await this.accessible()
    await this.walkThroughAndLeave(opener)
  }
}

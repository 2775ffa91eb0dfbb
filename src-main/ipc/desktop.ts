import type { Language, LanguageChoice } from '../../src-core/language/language.ts'

export interface FileFilter {
  /** In English, translated where it is shown. */
  readonly name: string
  readonly extensions: readonly string[]
}

/** What handlers need of the desktop around the window: dialogs, the clipboard, the window's title. */
export interface Desktop {
  /** Null when the dialog is cancelled. */
  chooseFiles(options: {
    readonly title: string
    readonly filters: readonly FileFilter[]
    readonly several?: boolean
  }): Promise<readonly string[] | null>
  /** Null when the dialog is cancelled. The suggestion is a file name or a full path. */
  chooseSaveFile(options: {
    readonly title: string
    readonly suggestion: string
    readonly filters: readonly FileFilter[]
  }): Promise<string | null>
  /** Asks whether to open an address in the browser, and does so; false when the person would rather not. */
  openLink(address: string): Promise<boolean>
  writeClipboard(text: string): void
  readClipboard(): Promise<string>
  setWindowState(state: WindowState): void
}

export interface WindowState {
  readonly projectId: number | null
  readonly title: string
  readonly dirty: boolean
  /** What undo and redo would do; null when there is nothing to undo or redo. */
  readonly undo: string | null
  readonly redo: string | null
  readonly language: Language
  /** What the person chose: a language, or that of the system. */
  readonly languageChoice: LanguageChoice
  /** Whether a dialog of the page is open. */
  readonly dialog: boolean
}

import type { CommandName } from './commands.ts'

const isMac = navigator.platform.startsWith('Mac')

interface Shortcut {
  readonly command: CommandName
  readonly key: string
  /** Ctrl, or Cmd on macOS. */
  readonly primary?: boolean
  readonly shift?: boolean
  /** Works inside text fields too. */
  readonly inText?: boolean
  /** Is about what is selected on the canvas: means nothing while the focus is in a panel. */
  readonly drawing?: boolean
}

const shortcuts: readonly Shortcut[] = [
  { command: 'undo', key: 'z', primary: true },
  { command: 'redo', key: 'z', primary: true, shift: true },
  { command: 'redo', key: 'y', primary: true },
  { command: 'save', key: 's', primary: true, inText: true },
  { command: 'saveAs', key: 's', primary: true, shift: true, inText: true },
  { command: 'open', key: 'o', primary: true, inText: true },
  { command: 'new', key: 'n', primary: true, inText: true },
  { command: 'selectAll', key: 'a', primary: true, drawing: true },
  { command: 'duplicate', key: 'd', primary: true, drawing: true },
  { command: 'search', key: 'k', primary: true, inText: true },
  { command: 'train', key: 'enter', primary: true, inText: true },
  { command: 'stop', key: '.', primary: true, inText: true },
  { command: 'zoomIn', key: '+', primary: true, inText: true },
  { command: 'zoomIn', key: '=', primary: true, inText: true },
  { command: 'zoomOut', key: '-', primary: true, inText: true },
  { command: 'zoomToFit', key: '0', primary: true, inText: true },
  { command: 'tidy', key: 'l', primary: true, shift: true },
  { command: 'delete', key: 'delete', drawing: true },
  { command: 'delete', key: 'backspace', drawing: true },
  { command: 'search', key: '/' },
  { command: 'deselect', key: 'escape', drawing: true },
]

/** How a command's first shortcut is written on this platform, e.g. `Ctrl+Shift+Z` or `⇧⌘Z`; undefined without one. */
export function shortcutText(command: CommandName): string | undefined {
  const shortcut = shortcuts.find((candidate) => candidate.command === command)
  if (!shortcut) return undefined
  const key = shortcut.key.length === 1 ? shortcut.key.toUpperCase() : capitalised(shortcut.key)
  if (isMac) return `${shortcut.shift ? '⇧' : ''}${shortcut.primary ? '⌘' : ''}${key}`
  return [...(shortcut.primary ? ['Ctrl'] : []), ...(shortcut.shift ? ['Shift'] : []), key].join('+')
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The command a key press stands for where it happened; undefined for none. */
export function commandFor(event: KeyboardEvent): CommandName | undefined {
  if (event.altKey) return undefined
  const primary = isMac ? event.metaKey : event.ctrlKey
  const where = placeOf(event.target)
  if (where === 'overlay') return undefined
  const key = event.key.toLowerCase()
  // Shift is part of what "+" is on many keyboards, so it does not count for signs.
  const match = shortcuts.find(
    (shortcut) =>
      shortcut.key === key &&
      (shortcut.primary ?? false) === primary &&
      (!/^[a-z]/.test(key) || (shortcut.shift ?? false) === event.shiftKey),
  )
  if (!match) return undefined
  if (where === 'text' && !match.inText) return undefined
  if (where === 'panel' && match.drawing) return undefined
  // What is typed into a number counts at once, so undo there is the document's.
  if (where === 'number' && !match.inText && match.command !== 'undo' && match.command !== 'redo')
    return undefined
  return match.command
}

function placeOf(target: EventTarget | null): 'canvas' | 'text' | 'number' | 'panel' | 'overlay' {
  if (!(target instanceof HTMLElement)) return 'canvas'
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'))
    return 'overlay'
  if (target.matches('[role="spinbutton"]')) return 'number'
  if (target.isContentEditable || target.matches('input, textarea, select')) return 'text'
  return target.closest('[role="tabpanel"], [role="tablist"]') ? 'panel' : 'canvas'
}

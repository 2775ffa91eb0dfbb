import type { CommandName } from './command-names.ts'
import { tabNumbers } from './tabs/tab-numbers.ts'

const isMac = navigator.platform.startsWith('Mac')

interface Shortcut {
  readonly command: CommandName
  readonly key: string
  /** Ctrl, or Cmd on macOS. */
  readonly primary?: boolean
  /** Ctrl, on macOS too. */
  readonly ctrl?: boolean
  readonly shift?: boolean
  readonly alt?: boolean
  /** The system turns it into an event of its own (copy, cut, paste); see clipboard-events.ts. */
  readonly bySystem?: boolean
  /** Works inside text fields too. */
  readonly inText?: boolean
  /** Is about what is selected on the canvas: means nothing while the focus is in a panel. */
  readonly drawing?: boolean
}

const tabShortcuts: readonly Shortcut[] = [
  { command: 'nextTab', key: 'tab', ctrl: true, inText: true },
  { command: 'nextTab', key: 'pagedown', ctrl: true, inText: true },
  { command: 'previousTab', key: 'tab', ctrl: true, shift: true, inText: true },
  { command: 'previousTab', key: 'pageup', ctrl: true, inText: true },
  { command: 'moveTabRight', key: 'pagedown', ctrl: true, shift: true, inText: true },
  { command: 'moveTabLeft', key: 'pageup', ctrl: true, shift: true, inText: true },
  { command: 'closeTab', key: 'w', primary: true, inText: true },
  { command: 'reopenTab', key: 't', primary: true, shift: true, inText: true },
  ...tabNumbers.map(
    (number): Shortcut => ({
      command: `goToTab${number}`,
      key: String(number),
      primary: true,
      inText: true,
    }),
  ),
  { command: 'lastTab', key: '9', primary: true, inText: true },
]

export const shortcuts: readonly Shortcut[] = [
  { command: 'undo', key: 'z', primary: true },
  { command: 'redo', key: 'z', primary: true, shift: true },
  { command: 'redo', key: 'y', primary: true },
  { command: 'save', key: 's', primary: true, inText: true },
  { command: 'saveAs', key: 's', primary: true, shift: true, inText: true },
  { command: 'open', key: 'o', primary: true, inText: true },
  { command: 'new', key: 'n', primary: true, inText: true },
  ...tabShortcuts,
  { command: 'selectAll', key: 'a', primary: true, drawing: true },
  { command: 'duplicate', key: 'd', primary: true, drawing: true },
  { command: 'cut', key: 'x', primary: true, drawing: true, bySystem: true },
  { command: 'copy', key: 'c', primary: true, drawing: true, bySystem: true },
  { command: 'paste', key: 'v', primary: true, drawing: true, bySystem: true },
  { command: 'commands', key: 'k', primary: true, inText: true },
  { command: 'commands', key: 'p', primary: true, shift: true, inText: true },
  { command: 'find', key: 'f', primary: true, inText: true },
  { command: 'search', key: 'f', primary: true, shift: true, inText: true },
  { command: 'findNext', key: 'f3', inText: true },
  { command: 'findPrevious', key: 'f3', shift: true, inText: true },
  { command: 'train', key: 'enter', primary: true, inText: true },
  { command: 'stop', key: '.', primary: true, inText: true },
  { command: 'zoomIn', key: '+', primary: true, inText: true },
  { command: 'zoomIn', key: '=', primary: true, inText: true },
  { command: 'zoomOut', key: '-', primary: true, inText: true },
  { command: 'zoomToFit', key: '0', primary: true, inText: true },
  { command: 'larger', key: '+', primary: true, alt: true, inText: true },
  { command: 'larger', key: '=', primary: true, alt: true, inText: true },
  { command: 'smaller', key: '-', primary: true, alt: true, inText: true },
  { command: 'usualSize', key: '0', primary: true, alt: true, inText: true },
  { command: 'tidy', key: 'l', primary: true, shift: true },
  { command: 'delete', key: 'delete', drawing: true },
  { command: 'delete', key: 'backspace', drawing: true },
  { command: 'deleteAndReconnect', key: 'delete', shift: true, drawing: true },
  { command: 'deleteAndReconnect', key: 'backspace', shift: true, drawing: true },
  { command: 'add', key: '/' },
  { command: 'replace', key: 'r', drawing: true },
  { command: 'bypass', key: 'b', drawing: true },
  { command: 'makeBlock', key: 'g', primary: true, drawing: true },
  { command: 'unpackBlock', key: 'g', primary: true, shift: true, drawing: true },
  { command: 'openBlock', key: 'o', drawing: true },
  { command: 'leaveBlock', key: 'o', shift: true, drawing: true },
  { command: 'connect', key: 'c', drawing: true },
  { command: 'disconnect', key: 'x', drawing: true },
  { command: 'note', key: 'n', drawing: true },
  { command: 'frame', key: 'g', drawing: true },
  { command: 'pin', key: 'p', drawing: true },
  { command: 'rename', key: 'f2' },
  ...arrows('move', {}),
  ...arrows('moveFar', { shift: true }),
  ...arrows('walk', { alt: true }),
  { command: 'cancelTidy', key: 'escape', inText: true },
  { command: 'endSearch', key: 'escape' },
  { command: 'endFocus', key: 'escape' },
  { command: 'deselect', key: 'escape', drawing: true },
]

/** The four arrow keys for a family of commands: moveUp, moveDown, ... */
function arrows<Family extends 'move' | 'moveFar' | 'walk'>(
  family: Family,
  modifiers: Pick<Shortcut, 'shift' | 'alt'>,
) {
  const directions = ['Up', 'Down', 'Left', 'Right'] as const
  return directions.map((direction) => ({
    command: `${family}${direction}` as const,
    key: `arrow${direction.toLowerCase()}`,
    drawing: true,
    ...modifiers,
  }))
}

/** How a command's first shortcut is written on this platform, e.g. `Ctrl+Shift+Z` or `⇧⌘Z`; undefined without one. */
export function shortcutText(command: CommandName): string | undefined {
  const shortcut = shortcuts.find((candidate) => candidate.command === command)
  return shortcut && written(shortcut)
}

/** How a shortcut is written on this platform. */
export function written({ key, primary, ctrl, shift, alt }: Shortcut): string {
  const name = signs[key] ?? (key.length === 1 ? key.toUpperCase() : capitalised(key))
  if (isMac) return `${ctrl ? '⌃' : ''}${alt ? '⌥' : ''}${shift ? '⇧' : ''}${primary ? '⌘' : ''}${name}`
  return [
    ...(primary || ctrl ? ['Ctrl'] : []),
    ...(alt ? ['Alt'] : []),
    ...(shift ? ['Shift'] : []),
    name,
  ].join('+')
}

const signs: Readonly<Record<string, string>> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  pageup: 'PageUp',
  pagedown: 'PageDown',
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The command a key press stands for where it happened; undefined for none. */
export function commandFor(event: KeyboardEvent): CommandName | undefined {
  return commandsFor(event)[0]
}

/** The commands of a key press, the first of which that can be used now is meant: Escape ends what is at work first. */
export function commandsFor(event: KeyboardEvent): readonly CommandName[] {
  const where = placeOf(event.target)
  if (where === 'overlay') return []
  if (isForControl(event)) return []
  const matches = shortcuts.filter((shortcut) => isPressed(shortcut, event))
  return matches.filter((match) => isMeant(match, where)).map(({ command }) => command)
}

/** Whether a key press is a shortcut of this command, wherever the focus is. */
export function isShortcutOf(command: CommandName, event: KeyboardEvent): boolean {
  return shortcuts.some((shortcut) => shortcut.command === command && isPressed(shortcut, event))
}

function isPressed(shortcut: Shortcut, event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase()
  // Shift is part of what "+" is on many keyboards, so it does not count for signs.
  const sameShift = !/^[a-z]/.test(key) || (shortcut.shift ?? false) === event.shiftKey
  return (
    shortcut.key === key &&
    sameShift &&
    sameControl(shortcut, event) &&
    (shortcut.alt ?? false) === event.altKey
  )
}

/** Whether Ctrl and Cmd are pressed as a shortcut wants them; elsewhere than on macOS Cmd means nothing. */
function sameControl({ primary = false, ctrl = false }: Shortcut, event: KeyboardEvent): boolean {
  if (!isMac) return event.ctrlKey === (primary || ctrl)
  return event.metaKey === primary && (event.ctrlKey === ctrl || !ctrl)
}

function isMeant(
  { command, bySystem, inText, drawing }: Shortcut,
  where: ReturnType<typeof placeOf>,
): boolean {
  if (bySystem) return false
  if (where === 'text') return inText === true
  if (where === 'panel') return drawing !== true
  // What is typed into a number counts at once, so undo there is the document's.
  if (where === 'number') return inText === true || command === 'undo' || command === 'redo'
  return true
}

/** Letters and arrows mean the drawing only while no button has the focus. */
function isForControl({ target, key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || !/^([a-z]|arrow.*)$/i.test(key)) return false
  return target instanceof HTMLElement && target.matches('button, a, summary, [role="switch"]')
}

/** What the focus is in, which decides what keys mean. */
export function placeOf(target: EventTarget | null): 'canvas' | 'text' | 'number' | 'panel' | 'overlay' {
  if (!(target instanceof HTMLElement)) return 'canvas'
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'))
    return 'overlay'
  if (target.matches('[role="spinbutton"]')) return 'number'
  if (target.isContentEditable || target.matches('input, textarea, select')) return 'text'
  const area = target.closest('[data-keys="drawing"], [role="tabpanel"], [role="tablist"]')
  return area && !area.matches('[data-keys]') ? 'panel' : 'canvas'
}

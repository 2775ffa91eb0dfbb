import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../src-core/ipc/contract.ts'
import { t } from '../../src-core/language/t.ts'

type Item = MenuItemConstructorOptions

export interface MenuOptions {
  readonly platform: NodeJS.Platform
  readonly productName: string
  readonly developer: boolean
  /** What undo and redo would do. */
  readonly undo?: string | null
  readonly redo?: string | null
  send(command: MenuCommand): void
}

/** The native menu of a platform; every command goes to the window as a `menu.command` push. */
export function menuTemplate(options: MenuOptions): Item[] {
  const macos = options.platform === 'darwin'
  return [
    ...(macos ? [{ role: 'appMenu', label: options.productName } satisfies Item] : []),
    fileMenu(options, macos),
    editMenu(options),
    viewMenu(options),
    runMenu(options),
    ...(macos ? [{ role: 'windowMenu' } satisfies Item] : []),
  ]
}

function fileMenu(options: MenuOptions, macos: boolean): Item {
  return {
    label: '&File',
    submenu: [
      command(options, 'new', 'New', 'CmdOrCtrl+N'),
      command(options, 'open', 'Open…', 'CmdOrCtrl+O'),
      command(options, 'reopenTab', t('Reopen Closed Tab'), 'CmdOrCtrl+Shift+T'),
      { type: 'separator' },
      command(options, 'save', 'Save', 'CmdOrCtrl+S'),
      command(options, 'saveAs', 'Save As…', 'CmdOrCtrl+Shift+S'),
      { type: 'separator' },
      command(options, 'closeTab', t('Close Tab'), 'CmdOrCtrl+W'),
      // Its usual key closes a tab here, as in every app with tabs.
      macos ? { role: 'close', accelerator: 'CmdOrCtrl+Shift+W' } : { role: 'quit' },
    ],
  }
}

function editMenu(options: MenuOptions): Item {
  return {
    label: '&Edit',
    submenu: [
      shown(options, 'undo', named('Undo', options.undo), 'CmdOrCtrl+Z'),
      shown(
        options,
        'redo',
        named('Redo', options.redo),
        options.platform === 'win32' ? 'CmdOrCtrl+Y' : 'CmdOrCtrl+Shift+Z',
      ),
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      shown(options, 'delete', 'Delete', 'Delete'),
      { type: 'separator' },
      shown(options, 'selectAll', 'Select All', 'CmdOrCtrl+A'),
    ],
  }
}

/** A single & would underline the letter after it. */
function named(verb: string, what: string | null | undefined): string {
  return what ? `${verb}: ${what.replaceAll('&', '&&')}` : verb
}

function viewMenu(options: MenuOptions): Item {
  const developer: Item[] = [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
  return {
    label: '&View',
    submenu: [
      command(options, 'zoomIn', 'Zoom In', 'CmdOrCtrl+Plus'),
      command(options, 'zoomOut', 'Zoom Out', 'CmdOrCtrl+-'),
      command(options, 'zoomToFit', 'Zoom to Fit', 'CmdOrCtrl+0'),
      { type: 'separator' },
      command(options, 'nextTab', t('Next Tab'), 'Ctrl+Tab'),
      command(options, 'previousTab', t('Previous Tab'), 'Ctrl+Shift+Tab'),
      { type: 'separator' },
      command(options, 'theme', 'Switch Between Light and Dark'),
      { role: 'togglefullscreen' },
      ...(options.developer ? developer : []),
    ],
  }
}

function runMenu(options: MenuOptions): Item {
  return {
    label: '&Run',
    submenu: [
      command(options, 'train', 'Train', 'CmdOrCtrl+Enter'),
      command(options, 'stop', 'Stop', 'CmdOrCtrl+.'),
      { type: 'separator' },
      command(options, 'engines', 'Engines…'),
    ],
  }
}

function command(options: MenuOptions, name: MenuCommand, label: string, accelerator?: string): Item {
  return {
    id: name,
    label,
    click: () => options.send(name),
    ...(accelerator === undefined ? {} : { accelerator }),
  }
}

/** A command whose keys mean something else inside a text field: the menu shows them, the page handles them. */
function shown(options: MenuOptions, name: MenuCommand, label: string, accelerator: string): Item {
  return { ...command(options, name, label, accelerator), registerAccelerator: false }
}

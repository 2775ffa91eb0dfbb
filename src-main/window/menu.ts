import type { MenuItemConstructorOptions } from 'electron'
import { type MenuCommand, menuCommandsOverDialogs } from '../../src-core/ipc/contract.ts'
import { currentLanguage, mark, t } from '../../src-core/language/t.ts'
import type { WindowState } from '../ipc/desktop.ts'

type Item = MenuItemConstructorOptions

export interface MenuOptions {
  readonly platform: NodeJS.Platform
  readonly productName: string
  readonly developer: boolean
  /** What undo and redo would do. */
  readonly undo?: string | null
  readonly redo?: string | null
  /** Which language was chosen; null while the window has not told. */
  readonly languageChoice?: WindowState['languageChoice'] | null
  /** Whether a dialog of the page is open: what would be done to what is beneath it cannot be chosen. */
  readonly dialog?: boolean
  send(command: MenuCommand): void
}

/** The native menu of a platform; every command goes to the window as a `menu.command` push. */
export function menuTemplate(options: MenuOptions): Item[] {
  const macos = options.platform === 'darwin'
  return [
    ...(macos ? [appMenu(options.productName)] : []),
    fileMenu(options, macos),
    editMenu(options),
    viewMenu(options),
    runMenu(options),
    ...(macos ? [windowMenu()] : []),
  ]
}

function fileMenu(options: MenuOptions, macos: boolean): Item {
  return {
    label: topLabel(t('&File'), macos),
    submenu: [
      command(options, 'new', t('New'), 'CmdOrCtrl+N'),
      command(options, 'open', t('Open…'), 'CmdOrCtrl+O'),
      command(options, 'reopenTab', t('Reopen Closed Tab'), 'CmdOrCtrl+Shift+T'),
      { type: 'separator' },
      command(options, 'save', t('Save'), 'CmdOrCtrl+S'),
      command(options, 'saveAs', t('Save As…'), 'CmdOrCtrl+Shift+S'),
      { type: 'separator' },
      command(options, 'closeTab', t('Close Tab'), 'CmdOrCtrl+W'),
      // Its usual key closes a tab here, as in every app with tabs.
      macos
        ? { ...role('close', mark('Close Window')), accelerator: 'CmdOrCtrl+Shift+W' }
        : role('quit', mark('Quit')),
    ],
  }
}

function editMenu(options: MenuOptions): Item {
  return {
    label: topLabel(t('&Edit'), options.platform === 'darwin'),
    submenu: [
      shown(options, 'undo', named('undo', options.undo), 'CmdOrCtrl+Z'),
      shown(
        options,
        'redo',
        named('redo', options.redo),
        options.platform === 'win32' ? 'CmdOrCtrl+Y' : 'CmdOrCtrl+Shift+Z',
      ),
      { type: 'separator' },
      role('cut', mark('Cut')),
      role('copy', mark('Copy')),
      role('paste', mark('Paste')),
      shown(options, 'delete', t('Delete'), 'Delete'),
      { type: 'separator' },
      shown(options, 'selectAll', t('Select All'), 'CmdOrCtrl+A'),
    ],
  }
}

/** A single & would underline the letter after it. */
function named(command: 'undo' | 'redo', given: string | null | undefined): string {
  const what = given?.replaceAll('&', '&&')
  if (command === 'undo') return what ? t('Undo: {{what}}', { what }) : t('Undo')
  return what ? t('Redo: {{what}}', { what }) : t('Redo')
}

function viewMenu(options: MenuOptions): Item {
  const developer: Item[] = [
    { type: 'separator' },
    role('reload', mark('Reload')),
    role('toggleDevTools', mark('Toggle Developer Tools')),
  ]
  return {
    label: topLabel(t('&View'), options.platform === 'darwin'),
    submenu: [
      command(options, 'zoomIn', t('Zoom In'), 'CmdOrCtrl+Plus'),
      command(options, 'zoomOut', t('Zoom Out'), 'CmdOrCtrl+-'),
      command(options, 'zoomToFit', t('Zoom to Fit'), 'CmdOrCtrl+0'),
      { type: 'separator' },
      command(options, 'nextTab', t('Next Tab'), 'Ctrl+Tab'),
      command(options, 'previousTab', t('Previous Tab'), 'Ctrl+Shift+Tab'),
      { type: 'separator' },
      command(options, 'theme', t('Switch Between Light and Dark')),
      role('togglefullscreen', mark('Toggle Full Screen')),
      { type: 'separator' },
      command(options, 'larger', t('Make Everything Larger'), 'CmdOrCtrl+Alt+Plus'),
      command(options, 'smaller', t('Make Everything Smaller'), 'CmdOrCtrl+Alt+-'),
      command(options, 'usualSize', t('Usual Size'), 'CmdOrCtrl+Alt+0'),
      { type: 'separator' },
      language(options, 'languageSystem', 'system', t('Language: as the system')),
      language(options, 'languageEnglish', 'en', t('Language: English')),
      language(options, 'languageChinese', 'zh-CN', t('Language: 简体中文')),
      ...(options.developer ? developer : []),
    ],
  }
}

function runMenu(options: MenuOptions): Item {
  return {
    label: topLabel(t('&Run'), options.platform === 'darwin'),
    submenu: [
      command(options, 'train', t('Train'), 'CmdOrCtrl+Enter'),
      command(options, 'stop', t('Stop'), 'CmdOrCtrl+.'),
      { type: 'separator' },
      command(options, 'engines', t('Engines…')),
    ],
  }
}

/** One of the languages that can be chosen. */
function language(
  options: MenuOptions,
  name: MenuCommand,
  choice: WindowState['languageChoice'],
  label: string,
): Item {
  return { ...command(options, name, label), type: 'radio', checked: options.languageChoice === choice }
}

/** What the system does by itself. Electron names it in English, and for the platform; another language is ours to say. */
function role(name: NonNullable<Item['role']>, label: string): Item {
  return currentLanguage() === 'en' ? { role: name } : { role: name, label: t(label) }
}

/** macOS has no access keys: what stands in brackets for one, as Chinese menus have it, is left out. */
function topLabel(label: string, macos: boolean): string {
  return macos ? label.replace(/\(&\w\)$/, '') : label
}

function appMenu(productName: string): Item {
  if (currentLanguage() === 'en') return { role: 'appMenu', label: productName }
  return {
    role: 'appMenu',
    label: productName,
    submenu: [
      { role: 'about', label: t('About {{app}}', { app: productName }) },
      { type: 'separator' },
      role('services', mark('Services')),
      { type: 'separator' },
      { role: 'hide', label: t('Hide {{app}}', { app: productName }) },
      role('hideOthers', mark('Hide Others')),
      role('unhide', mark('Show All')),
      { type: 'separator' },
      { role: 'quit', label: t('Quit {{app}}', { app: productName }) },
    ],
  }
}

function windowMenu(): Item {
  if (currentLanguage() === 'en') return { role: 'windowMenu' }
  return {
    role: 'windowMenu',
    label: t('Window'),
    submenu: [
      role('minimize', mark('Minimize')),
      role('zoom', mark('Zoom')),
      { type: 'separator' },
      role('front', mark('Bring All to Front')),
    ],
  }
}

function command(options: MenuOptions, name: MenuCommand, label: string, accelerator?: string): Item {
  return {
    id: name,
    label,
    click: () => options.send(name),
    ...(options.dialog && !menuCommandsOverDialogs.has(name) && { enabled: false }),
    ...(accelerator === undefined ? {} : { accelerator }),
  }
}

/** A command whose keys mean something else inside a text field: the menu shows them, the page handles them. */
function shown(options: MenuOptions, name: MenuCommand, label: string, accelerator: string): Item {
  return { ...command(options, name, label, accelerator), registerAccelerator: false }
}

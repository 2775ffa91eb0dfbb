import { clipboard, dialog, type FileFilter as ElectronFilter, shell } from 'electron'
import { t } from '../../src-core/language/t.ts'
import type { Desktop, FileFilter } from '../ipc/desktop.ts'
import type { MainWindow } from './main-window.ts'
import { askAboutLink } from './questions.ts'

/** The desktop as the handlers see it, over the dialogs of the system. */
export function systemDesktop(window: () => MainWindow): Desktop {
  return {
    async chooseFiles({ title, filters, several = false }) {
      const chosen = await dialog.showOpenDialog(window().browserWindow, {
        title,
        filters: filters.map(electronFilter),
        properties: several ? ['openFile', 'multiSelections'] : ['openFile'],
      })
      return chosen.canceled || chosen.filePaths.length === 0 ? null : chosen.filePaths
    },
    async chooseSaveFile({ title, suggestion, filters }) {
      const chosen = await dialog.showSaveDialog(window().browserWindow, {
        title,
        defaultPath: suggestion,
        filters: filters.map(electronFilter),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath
    },
    async openLink(address) {
      if (!(await askAboutLink(window().browserWindow, address))) return false
      await shell.openExternal(address)
      return true
    },
    writeClipboard: (text) => clipboard.writeText(text),
    readClipboard: () => clipboard.readText(),
    setWindowState: (state) => window().setState(state),
  }
}

function electronFilter(filter: FileFilter): ElectronFilter {
  return { name: t(filter.name), extensions: [...filter.extensions] }
}
